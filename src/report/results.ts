import { roleNameOf } from '../aws/partitions.js';
import type { FunctionFacts, FunctionNetwork } from '../model/observed.js';
import type { Change, ChangeResult, Outcome } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import type { RunRecord } from '../model/run.js';
import { functionChangeId } from '../plan/function.js';
import { isBlocked, isError } from '../plan/make-plan.js';
import { findingsOf, isDone, resultOf } from './facts.js';

/** How a run ended for one function. */
export interface FunctionResult {
  /** The function's ARN; its name where the function could not be read. */
  readonly key: string;
  /** Empty where the function could not be read. */
  readonly arn: string;
  readonly outcome: Outcome;
  /** Its network at the end of the run; empty lists where it could not be read. */
  readonly network: FunctionNetwork;
  /** Its network before the run; undefined where that is not known. */
  readonly previous: FunctionNetwork | undefined;
  readonly roleName: string;
  /** Errors of this function alone. */
  readonly problems: readonly Problem[];
}

const NO_NETWORK: FunctionNetwork = { subnetIds: [], securityGroupIds: [], ipv6: false };

/** What stopped a change: its own problem, or that of the change it waited for. */
function problemOf(result: ChangeResult | undefined, { results }: RunRecord): Problem | undefined {
  return result?.problem ?? results.find(({ id }) => id === result?.because)?.problem;
}

function problemsOfFunction(name: string, changes: readonly Change[], record: RunRecord): Problem[] {
  const findings = findingsOf(record, (finding) => isError(finding) && finding.functionName === name);
  const failures = changes.flatMap((change) => problemOf(resultOf(change, record), record) ?? []);
  return [...findings, ...failures];
}

/** Whether a function was not seen to be as desired, or none was because nobody could look. */
function isUnseen(name: string, { remaining, results, verified }: RunRecord): boolean {
  const nobodyLooked = remaining.length === 0 && results.every(isDone) && !verified;
  return nobodyLooked || remaining.includes(functionChangeId(name));
}

/** How far the changes of one function got in a run that was not complete. */
function partialOutcome(
  name: string,
  changes: readonly Change[],
  problems: readonly Problem[],
  record: RunRecord,
): Outcome {
  const results = changes.map((change) => resultOf(change, record));
  if (results.some((result) => !isDone(result))) {
    return results.some((result) => result?.wrote) ? 'partial' : 'failed';
  }
  if (problems.length > 0) return 'blocked';
  if (isUnseen(name, record)) return 'partial';
  return changes.length > 0 ? 'changed' : 'unchanged';
}

/** The run's outcome where it is the same for all; where some functions went on, that of this one. */
function outcomeFor(
  name: string,
  changes: readonly Change[],
  problems: readonly Problem[],
  record: RunRecord,
): Outcome {
  const { outcome, functionNames, plan } = record;
  if (functionNames.length === 1) return outcome;
  if (outcome === 'partial') return partialOutcome(name, changes, problems, record);
  const all = outcome === 'blocked' ? plan === undefined || isBlocked(plan) : outcome === 'failed';
  if (all || outcome === 'skipped') return outcome;
  if (problems.length > 0) return 'blocked';
  if (changes.length === 0) return 'unchanged';
  return outcome === 'changed' ? 'changed' : 'planned';
}

function resultFor(name: string, facts: FunctionFacts | undefined, record: RunRecord): FunctionResult {
  const changes = (record.plan?.changes ?? []).filter(({ functionName }) => functionName === name);
  const problems = problemsOfFunction(name, changes, record);
  const planned = record.plan?.subject.functions.find((fn) => fn.name === name);
  const { lambda } = facts ?? {};
  // Before anything was applied, the network that was read is the one before the run.
  const untouched = record.results.length === 0 ? lambda?.network : undefined;
  const arn = planned?.arn ?? lambda?.arn ?? '';
  return {
    key: arn || name,
    arn,
    outcome: outcomeFor(name, changes, problems, record),
    network: lambda?.network ?? NO_NETWORK,
    previous: planned?.previous ?? untouched,
    roleName: planned?.roleName ?? (lambda ? roleNameOf(lambda.roleArn) : ''),
    problems,
  };
}

/** How the run ended for each function, in the order of the inputs. */
export function functionResults(record: RunRecord): FunctionResult[] {
  return record.functionNames.map((name) =>
    resultFor(
      name,
      record.observed?.functions.find(({ lambda }) => lambda.name === name),
      record,
    ),
  );
}
