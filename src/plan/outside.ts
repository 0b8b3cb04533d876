import type { Desired } from '../model/desired.js';
import type { Caller, LambdaFunction, LeftOut } from '../model/observed.js';
import type { Plan } from '../model/plan.js';
import type { Finding } from '../model/problem.js';
import { type OutsideFacts, type OutsideRow, outsideRows } from '../reach/outside.js';
import { NO_COST } from './cost.js';
import { digestOf } from './digest.js';
import { asksNothing } from './look.js';
import { leftOutFindings, plannedFunction } from './make-plan.js';

/** Functions that are in no VPC, as the first reads show them. */
export interface Outside extends OutsideFacts {
  readonly caller: Caller;
  readonly lambdas: readonly LambdaFunction[];
  readonly leftOut: readonly LeftOut[];
}

/** Whether a run only asks what functions reach that are in no VPC: then there is no network to read. */
export function looksOutside(desired: Desired, lambdas: readonly LambdaFunction[]): boolean {
  return (
    asksNothing(desired) &&
    desired.reaches !== undefined &&
    lambdas.every(({ network }) => network.subnetIds.length === 0)
  );
}

function findingOf({ row, remedy }: OutsideRow): Finding[] {
  const { functionName, destination, after, askedBy } = row;
  if (askedBy === 'none') return [];
  if (after.status === 'reachable') return [];
  const isUnknown = after.status === 'unknown';
  return [
    {
      code: isUnknown ? 'reach-unknown' : 'reach-blocked',
      status: isUnknown ? 'unknown' : 'fail',
      severity: isUnknown ? 'warning' : 'error',
      subject: destination,
      functionName,
      message: `Function ${functionName} ${isUnknown ? 'may not reach' : 'does not reach'} ${destination}. ${after.because ?? ''}`,
      remedy,
    },
  ];
}

/** The plan of a run that only looks at functions in no VPC: no changes, and what they reach. */
export function planOutside(desired: Desired, outside: Outside): Plan {
  const { caller, lambdas, leftOut, region } = outside;
  const rows = lambdas.flatMap(({ name }) => outsideRows(name, desired.reaches ?? [], outside));
  const findings = [...leftOutFindings(leftOut), ...rows.flatMap(findingOf)];
  const decided = { changes: [], consents: [], findings, reach: rows.map(({ row }) => row) };
  return {
    formatVersion: 1,
    subject: {
      functions: lambdas.map(plannedFunction),
      accountId: caller.accountId,
      region,
      resourceName: desired.resourceName ?? lambdas[0]?.name ?? '',
      vpcId: '',
    },
    ...decided,
    drift: [],
    endpointIds: [],
    passed: [],
    services: [],
    cost: NO_COST,
    look: { block: undefined, wouldChange: [] },
    digest: digestOf(decided),
  };
}
