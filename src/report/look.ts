import type { RunRecord } from '../model/run.js';
import { counted, listed, sortedSet } from '../text/words.js';
import { lambdasOf } from './facts.js';
import { filled, list, paragraph, type Section, section } from './report.js';

/** Actions that need no permission (IAM User Guide, "GetCallerIdentity"). */
const FREE = 'sts:GetCallerIdentity';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

function statement(Sid: string, Action: readonly string[], Resource: Statement['Resource']): Statement[] {
  return Action.length > 0 ? [{ Sid, Effect: 'Allow', Action, Resource }] : [];
}

/** The policy that allows exactly the calls of the run, with the narrowest resources that each action knows. */
function policyOf(actions: readonly string[], functionArns: readonly string[], roleArns: readonly string[]) {
  const used = actions.filter((action) => action !== FREE);
  const of = (service: string) =>
    used.filter((action) => action.startsWith(`${service}:`) && action !== 'lambda:ListFunctions');
  const list = used.filter((action) => action === 'lambda:ListFunctions');
  return {
    Version: '2012-10-17',
    Statement: [
      ...statement('ReadFunction', of('lambda'), functionArns),
      ...statement('ListFunctions', list, '*'),
      ...statement('ReadNetwork', of('ec2'), '*'),
      ...statement('ReadRole', of('iam'), roleArns),
    ],
  };
}

function blockSection({ plan }: RunRecord): Section {
  const block = plan?.look?.block;
  if (block === undefined) return section(undefined, []);
  return section('This network as inputs', [
    paragraph('A step with these inputs changes nothing now, and keeps the network as it is:'),
    { kind: 'lines', lines: block },
  ]);
}

function wouldChange({ plan }: RunRecord): Section {
  const would = plan?.look?.wouldChange ?? [];
  if (would.length === 0) return section(undefined, []);
  return section('What an apply would do', [
    paragraph(
      `The inputs wish for nothing, so this dry run plans nothing. An apply with the same inputs manages the function by a security group of its own, which is ${counted(would.length, 'change')}:`,
    ),
    ...list(would),
  ]);
}

function policySection(record: RunRecord): Section {
  const functions = record.plan?.subject.functions ?? [];
  const roleArns = sortedSet(lambdasOf(record).map(({ roleArn }) => roleArn));
  const functionArns = sortedSet(functions.map(({ arn }) => arn));
  const policy = policyOf(record.actions, functionArns, roleArns);
  const lines = JSON.stringify(policy, undefined, 2).split('\n');
  const names = listed(functions.map(({ name }) => name));
  return section(
    'Policy for the role of this dry run',
    functions.length === 0
      ? []
      : [
          paragraph(`It allows the calls that this run made for ${names}, and no other.`),
          { kind: 'lines', lines },
        ],
    { collapsed: true },
  );
}

/** What a dry run that wishes for nothing tells besides the network. */
export function lookSections(record: RunRecord): Section[] {
  if (record.plan?.look === undefined) return [];
  return filled([blockSection(record), wouldChange(record), policySection(record)]);
}
