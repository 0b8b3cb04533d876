import type { EventOptions } from '../__tests__/support/run-action.js';
import type { Damage } from './network.js';
import { onPullRequest, onPush, type Run } from './stage.js';

/** One step of the demo and how it must end. */
export interface Step {
  /** Names the summary's file. */
  readonly slug: string;
  readonly title: string;
  /** What happens and why, for somebody who sees this for the first time. */
  readonly why: string;
  readonly event: EventOptions;
  readonly outcome: string;
  readonly writes: boolean;
}

const plan = { event: onPullRequest, outcome: 'planned', writes: false };
const apply = { event: onPush, outcome: 'changed', writes: true };
const nothing = { event: onPush, outcome: 'unchanged', writes: false };

/** The steps, in their order. */
export const steps = {
  plan: {
    slug: 'plan',
    title: 'Pull request: what would change?',
    why: 'On a pull request the action only plans.',
    ...plan,
  },
  connect: {
    slug: 'connect',
    title: 'Push to main: connect the function',
    why: 'The action makes what is missing, moves the function into the subnets, and checks by reading all of it again.',
    ...apply,
  },
  again: {
    slug: 'again',
    title: 'Push to main again: nothing to change',
    why: 'All is as it should be, so nothing is written.',
    ...nothing,
  },
  drift: {
    slug: 'drift',
    title: 'Pull request: what was changed by hand?',
    why: 'The plan names both as drift, and still nothing is written.',
    ...plan,
  },
  repair: {
    slug: 'repair',
    title: 'Push to main: repair',
    why: 'The action puts back what was taken, and touches nothing else.',
    ...apply,
  },
  still: {
    slug: 'still',
    title: 'Push to main again: nothing to change',
    why: 'The repair is complete.',
    ...nothing,
  },
} as const satisfies Record<string, Step>;

/** Why a run is not what its step expects, as a sentence; undefined when it is. */
export function disappointment(step: Step, { result, calls, writes }: Run): string | undefined {
  const outcome = result.outputs.outcome ?? '';
  if (result.exitCode !== 0) {
    return `it ended with ${result.signal ?? `exit code ${result.exitCode}`} and outcome "${outcome}", not with exit code 0`;
  }
  if (outcome !== step.outcome) return `its outcome is "${outcome}", not "${step.outcome}"`;
  if (calls === 0) return 'it made no call to AWS';
  if (writes > 0 && !step.writes) return `it sent ${writes} writes and should have sent none`;
  if (writes === 0 && step.writes) return 'it wrote nothing';
  if (result.summary.trim() === '') return 'it wrote no job summary';
  return undefined;
}

/** Which part of the damage a plan fails to name as drift, as a sentence; undefined when it names all. */
export function unnamedDrift(damage: Damage, { result }: Run): string | undefined {
  const said = `${result.stdout}\n${result.summary}`;
  const drift = Number(result.outputs['drift-count']);
  if (drift !== 2) return `it counts ${drift} drift entries, not 2`;
  const { groupId, groupName, endpointId, subnetId } = damage;
  if (!said.includes(groupId) && !said.includes(groupName)) return `it does not name the group ${groupName}`;
  if (!said.includes(endpointId)) return `it does not name the endpoint ${endpointId}`;
  if (!said.includes(subnetId)) return `it does not name the subnet ${subnetId}`;
  return undefined;
}
