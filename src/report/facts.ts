import type { LambdaFunction, SecurityGroup, Subnet } from '../model/observed.js';
import type { Change, ChangeResult } from '../model/plan.js';
import type { Finding, Problem } from '../model/problem.js';
import { readOf } from '../model/reading.js';
import type { RunRecord } from '../model/run.js';
import type { Alias } from '../model/versions.js';
import { isError } from '../plan/make-plan.js';
import { listed, someOf } from '../text/words.js';
import { foldedFindings } from './folded.js';

/** Functions that a sentence names one by one. */
const MOST_NAMED = 3;

/** Whether a change stands: made by this run or found made. */
export function isDone(result: ChangeResult | undefined): boolean {
  return result?.status === 'applied' || result?.status === 'exists';
}

/** The result of a change; undefined when applying did not get to it. */
export function resultOf(change: Change, { results }: RunRecord): ChangeResult | undefined {
  return results.find(({ id }) => id === change.id);
}

/** Ids of the changes that a rerun continues with; none unless the run ended in between. */
export function pendingIds(record: RunRecord): string[] {
  if (record.outcome !== 'partial') return [];
  const changes = record.plan?.changes ?? [];
  const open = changes.filter((change) => !isDone(resultOf(change, record))).map(({ id }) => id);
  return [...new Set([...open, ...record.remaining])];
}

/** Everything that went wrong, each once: what stopped the run, then what stopped single changes. */
export function problemsOf(record: RunRecord): Problem[] {
  const all = [...record.problems, ...record.results.flatMap(({ problem }) => (problem ? [problem] : []))];
  const byText = new Map(all.map((problem) => [`${problem.code} ${problem.message}`, problem]));
  return [...byText.values()];
}

/** Verdicts of one kind, each once, and those that say the same of several functions as one. */
export function findingsOf(
  record: Pick<RunRecord, 'plan'>,
  wanted: (finding: Finding) => boolean,
): Finding[] {
  const found = (record.plan?.findings ?? []).filter(wanted);
  return foldedFindings(found);
}

/** Whether a verdict could not be reached. */
export function isUnknown(finding: Finding): boolean {
  return finding.status === 'unknown';
}

/** Errors of the plan that have to be solved; missing consents have to be given, and have a section of their own. */
export function errorsToSolve(record: RunRecord): Finding[] {
  return findingsOf(record, (finding) => isError(finding) && finding.code !== 'consent-missing');
}

/** Aliases of the functions that point at published versions; none where they were not read. */
export function aliasesOf({ observed }: RunRecord): readonly Alias[] {
  return (observed?.functions ?? []).flatMap(({ aliases }) => readOf(aliases) ?? []);
}

/** The functions as they were last read; none when they were not. */
export function lambdasOf({ observed }: RunRecord): readonly LambdaFunction[] {
  return (observed?.functions ?? []).map(({ lambda }) => lambda);
}

/** Subnets of some functions at the end of the run; none when they are in no VPC. */
export function subnetsOf(lambdas: readonly LambdaFunction[], { observed }: RunRecord): Subnet[] {
  const ids = new Set(lambdas.flatMap(({ network }) => network.subnetIds));
  return (observed?.subnets ?? []).filter((subnet) => ids.has(subnet.id));
}

/** Id of the VPC a function is in at the end of the run. */
export function vpcIdOf(lambda: LambdaFunction, record: RunRecord): string | undefined {
  return subnetsOf([lambda], record)[0]?.vpcId;
}

/** Functions by their names: "function a", "functions a and b", "50 functions (a, b, c and 47 more)". */
export function functionsText(names: readonly string[]): string {
  if (names.length === 1) return `function ${names[0]}`;
  return names.length <= MOST_NAMED
    ? `functions ${listed(names)}`
    : `${names.length} functions (${someOf(names, MOST_NAMED)})`;
}

/** A thing with its name, where it has one: `vpc-0a1b (main)`. */
export function named(id: string, name: string | undefined): string {
  return name === undefined || name === '' || name === id ? id : `${id} (${name})`;
}

/** A group by its id, with its name where the group was read. */
export function groupNamed(id: string, groups: readonly SecurityGroup[]): string {
  return named(id, groups.find((group) => group.id === id)?.name);
}
