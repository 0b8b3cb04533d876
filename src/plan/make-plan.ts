import { roleNameOf } from '../aws/partitions.js';
import type { LambdaFunction, LeftOut } from '../model/observed.js';
import type {
  Change,
  Cost,
  Drift,
  HourlyPrice,
  NeededConsent,
  Plan,
  PlannedFunction,
  PlanSubject,
  ServicePath,
} from '../model/plan.js';
import type { Finding, Problem } from '../model/problem.js';
import type { ReachRow } from '../model/reach.js';
import { judgeReach } from '../reach/judge.js';
import { endpointUses } from '../resolve/endpoint-use.js';
import { servicePaths } from '../resolve/service-paths.js';
import { sharedTarget, withSameRole } from '../resolve/shared-target.js';
import type { Target } from '../resolve/target.js';
import { check } from '../rules/check.js';
import { impactsOf, withBlast } from './blast.js';
import { missingConsents, neededConsents, unusedConsents } from './consents.js';
import { NO_COST, planCost } from './cost.js';
import { digestOf } from './digest.js';
import { othersIn, withoutOthers } from './others.js';
import { planSteps } from './steps.js';

/** At least one function that a run is about. */
export type Targets = readonly [Target, ...Target[]];

/** What is decided about some of the functions. */
interface Draft {
  readonly changes: readonly Change[];
  readonly drift: readonly Drift[];
  readonly findings: readonly Finding[];
  readonly consents: readonly NeededConsent[];
  readonly reach: readonly ReachRow[];
  readonly endpointIds: readonly string[];
  readonly passed: readonly string[];
  readonly services: readonly ServicePath[];
  readonly cost: Cost;
}

const NOTHING: Draft = {
  changes: [],
  drift: [],
  findings: [],
  consents: [],
  reach: [],
  endpointIds: [],
  passed: [],
  services: [],
  cost: NO_COST,
};

function allDrift(changes: readonly Change[], reported: readonly Drift[]): Drift[] {
  const repaired = new Set(reported.map((drift) => drift.repairedBy));
  const own = changes
    .filter((change) => change.reason === 'drift' && !repaired.has(change.id))
    .map((change) => ({ subject: change.label, message: change.because, repairedBy: change.id }));
  return [...own, ...reported];
}

const nameOf = (target: Target): string => target.observed.lambda.name;

function draftOf(given: Targets): Draft {
  const targets = withSameRole(given);
  const shared = sharedTarget(targets);
  const uses = endpointUses(shared);
  const others = othersIn(shared);
  const { changes: steps, drift } = planSteps(shared, targets, uses);
  const { reach, calls } = judgeReach(shared, targets, steps);
  const services = targets.flatMap((target) => servicePaths(target, calls));
  const impacts = impactsOf(steps, shared);
  const consents = neededConsents({ shared, targets, uses, changes: steps, impacts, others, reach });
  const changes = withBlast(steps, impacts);
  const { findings: judged, passed } = check(
    { target: shared, uses, changes },
    targets.map((target) => ({
      target,
      uses,
      changes: changesFor(nameOf(target), changes),
      reach: reach.filter(({ functionName }) => functionName === nameOf(target)),
      calls: calls.filter(({ functionName }) => functionName === nameOf(target)),
      services: services.filter(({ functionName }) => functionName === nameOf(target)),
    })),
  );
  return {
    changes: withoutOthers(changes, others),
    drift: allDrift(changes, drift),
    findings: [...missingConsents(consents), ...unusedConsents(shared, changes, consents, judged), ...judged],
    consents,
    reach,
    endpointIds: uses
      .flatMap((use) => (use.how === 'ours' || use.how === 'adopted' ? [use.endpoint.id] : []))
      .sort(),
    passed,
    services,
    cost: planCost(uses, changes, undefined),
  };
}

/** What concerns one function: its own changes and those that all share. */
function changesFor(functionName: string, changes: readonly Change[]): Change[] {
  return changes.filter((change) => (change.functionName ?? functionName) === functionName);
}

/** Whether a finding keeps a plan from being applied. */
export const isError = ({ severity, status }: Finding): boolean => severity === 'error' && status === 'fail';

/** Names of the functions that errors of their own keep from being changed; the others go on. */
export function blockedFunctions({ findings }: Pick<Plan, 'findings'>): Set<string> {
  return new Set(findings.filter(isError).flatMap(({ functionName }) => functionName ?? []));
}

/** Errors of a plan made again that keep what `decided` was about from being as desired; those it told already are left out. */
export function newErrors({ findings }: Plan, decided: Plan): Finding[] {
  const known = blockedFunctions(decided);
  return findings.filter(
    (finding) => isError(finding) && (finding.functionName === undefined || !known.has(finding.functionName)),
  );
}

const isUnusedConsent = ({ code }: Finding): boolean => code === 'consent-unused';

/** What a draft tells of the functions that it found to be blocked, over a draft that is made without them. */
function withBlocked(draft: Draft, blocked: ReadonlySet<string>, rest: Draft): Draft {
  const isBlocked = ({ functionName }: { readonly functionName: string | undefined }): boolean =>
    functionName !== undefined && blocked.has(functionName);
  // What a function needs that cannot be served now is not unused.
  const unused = new Set(draft.findings.filter(isUnusedConsent).map(({ subject }) => subject));
  const isDue = (finding: Finding): boolean => !isUnusedConsent(finding) || unused.has(finding.subject);
  return {
    ...rest,
    findings: [...draft.findings.filter(isBlocked), ...rest.findings.filter(isDue)],
    consents: [...draft.consents.filter(isBlocked), ...rest.consents],
    reach: [...draft.reach.filter(isBlocked), ...rest.reach],
  };
}

/**
 * The draft for the functions that can be served; of the rest it keeps what is wrong with them. Without one of them
 * another one may be blocked, whose role only the first one's change would have put right.
 */
function draftForAll(targets: readonly Target[]): Draft {
  const draft = isSome(targets) ? draftOf(targets) : NOTHING;
  const blocked = blockedFunctions(draft);
  const going = targets.filter((target) => !blocked.has(nameOf(target)));
  if (!isSome(going) || going.length === targets.length) return draft;
  return withBlocked(draft, blocked, draftForAll(going));
}

const isSome = (targets: readonly Target[]): targets is Targets => targets.length > 0;

const textOf = ({ code, message }: Problem): string => `${code} ${message}`;

/** What was asked for and cannot be found: an error of the run where it is so for every function. */
function targetFindings(targets: readonly Target[]): Finding[] {
  const findings = targets.flatMap((target) => {
    const isCommon = (problem: Problem): boolean =>
      targets.every(({ problems }) => problems.some((other) => textOf(other) === textOf(problem)));
    return target.problems.map((problem): Finding => {
      const functionName = isCommon(problem) ? undefined : nameOf(target);
      return { ...problem, status: 'fail', severity: 'error', subject: target.vpc.id, functionName };
    });
  });
  return [...new Map(findings.map((one) => [`${one.functionName} ${textOf(one)}`, one])).values()];
}

/** An error for each function that cannot be served. */
export function leftOutFindings(leftOut: readonly LeftOut[]): Finding[] {
  return leftOut.map(({ functionName, problem: { code, message, remedy } }) => ({
    code,
    status: 'fail',
    severity: 'error',
    subject: functionName,
    functionName,
    message,
    remedy,
  }));
}

/** A function as the subject of a plan, before anything is changed. */
export function plannedFunction({ name, arn, roleArn, network }: LambdaFunction): PlannedFunction {
  return { name, arn, roleName: roleNameOf(roleArn), previous: network };
}

function subjectOf(targets: Targets): PlanSubject {
  const [{ observed, groups, region, vpc }] = targets;
  return {
    functions: targets.map(({ observed: { lambda } }) => plannedFunction(lambda)),
    accountId: observed.caller.accountId,
    region,
    resourceName: groups.resourceName,
    vpcId: vpc.id,
  };
}

/**
 * Decides what to do: the changes in order, what they need consent for, what is wrong. Pure. Where what was
 * asked for cannot be found there are findings and no changes; an error of one function stops no other. `price` is that
 * of an endpoint-hour.
 */
export function makePlan(
  targets: Targets,
  leftOut: readonly LeftOut[] = [],
  price: HourlyPrice | undefined = undefined,
): Plan {
  const problems = targetFindings(targets);
  const isBroken = problems.some(({ functionName }) => functionName === undefined);
  const draft = isBroken ? NOTHING : draftForAll(targets.filter((target) => target.problems.length === 0));
  const findings = [...problems, ...leftOutFindings(leftOut), ...draft.findings];
  return {
    formatVersion: 1,
    subject: subjectOf(targets),
    ...draft,
    findings,
    cost: { ...draft.cost, price },
    look: undefined,
    digest: digestOf({ ...draft, findings }),
  };
}

/** Whether a plan must not be applied at all: an error of the run, a missing consent among them, or of every function. */
export function isBlocked(plan: Plan): boolean {
  const blocked = blockedFunctions(plan);
  return (
    plan.findings.some((finding) => isError(finding) && finding.functionName === undefined) ||
    plan.subject.functions.every(({ name }) => blocked.has(name))
  );
}
