import { roleNameOf } from '../../aws/partitions.js';
import type { FunctionFacts } from '../../model/observed.js';
import { sufficientPolicy } from '../../resources/execution-role.js';
import { groupNamed, vpcIdOf } from '../facts.js';
import { list, type Section, section, table } from '../report.js';
import type { Seen } from './seen.js';

function policiesText({ policies }: FunctionFacts): string {
  if (policies === undefined) return 'policies not looked up';
  if (!policies.ok) return 'policies could not be read';
  if (policies.value.length === 0) return 'no attached policies';
  const enough = sufficientPolicy(policies.value);
  const names = policies.value.map(({ arn, name }) =>
    arn === enough?.arn ? `${name} (allows Lambda the network interfaces)` : name,
  );
  return `attached policies: ${names.join(', ')}`;
}

function aliasesText({ aliases }: FunctionFacts): string {
  if (aliases === undefined) return 'not looked up in this run';
  if (!aliases.ok) return 'could not be read';
  const pointing = aliases.value.map(({ name, versions }) => `${name} → version ${versions.join(', ')}`);
  return pointing.length === 0
    ? 'none that points at a published version'
    : `${pointing.join('; ')} (a version keeps the network it was published with)`;
}

function stateText({ lambda }: FunctionFacts): string {
  if (!lambda.stateRead) return 'not looked up in this run';
  const reason = lambda.lastUpdateReason ?? lambda.stateReason;
  return `${lambda.state}, last update ${lambda.lastUpdateStatus}${reason ? `: ${reason}` : ''}`;
}

/** One function: its state, execution role, aliases and IPv6. */
function oneFunction(facts: FunctionFacts): Section {
  const { lambda } = facts;
  const items = [
    `ARN: \`${lambda.arn}\``,
    `State: ${stateText(facts)}`,
    `Execution role: ${roleNameOf(lambda.roleArn)}, ${policiesText(facts)}`,
    `Aliases: ${aliasesText(facts)}`,
    `Outbound IPv6 through dual-stack subnets: ${lambda.network.ipv6 ? 'on' : 'off'}`,
  ];
  return section(`Function ${lambda.name}`, list(items), { worth: 'network' });
}

const orNone = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? lines : ['none']);

/** Several functions, a row each. */
function severalFunctions({ observed, record }: Seen): Section {
  const head = ['Function', 'VPC', 'Subnets', 'Security groups', 'State', 'Execution role', 'Aliases'];
  const rows = observed.functions.map((facts) => {
    const { lambda } = facts;
    return [
      lambda.name,
      vpcIdOf(lambda, record) ?? 'none',
      orNone(lambda.network.subnetIds),
      orNone(lambda.network.securityGroupIds.map((id) => groupNamed(id, observed.groups))),
      [stateText(facts), ...(lambda.network.ipv6 ? ['outbound IPv6 on'] : [])],
      [roleNameOf(lambda.roleArn), policiesText(facts)],
      aliasesText(facts),
    ];
  });
  return section(`Functions: ${rows.length}`, table(head, rows), { worth: 'network' });
}

/** The functions themselves: state, execution role, aliases and IPv6. */
export function functionSection(seen: Seen): Section {
  const [only, ...others] = seen.observed.functions;
  return only && others.length === 0 ? oneFunction(only) : severalFunctions(seen);
}
