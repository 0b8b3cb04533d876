import { canonical, type Input, textOf } from './input.js';
import type { Service } from './request.js';

/** One request that reached the proxy. Times are milliseconds of one monotonic clock. */
export interface Call {
  /** Position in the order of arrival, from 1. */
  readonly n: number;
  readonly service: Service;
  /** `ec2:DescribeSubnets` and the like. */
  readonly action: string;
  /** Parameters by their names on the wire. */
  readonly input: Input;
  /** True when the call asks for a change; a DryRun does not. */
  readonly isWrite: boolean;
  /** `n` of the call that this one repeats: an SDK retry, or another look at something awaited. */
  readonly repeatOf?: number;
  readonly start: number;
  /** Infinity while there is no answer. */
  readonly end: number;
  /** HTTP status; 0 where the connection was dropped or the answer is outstanding. */
  readonly status: number;
  /** AWS error code, '' for a success. */
  readonly errorCode: string;
}

/** What is known of a call when it arrives. */
export type Arrival = Pick<Call, 'service' | 'action' | 'input' | 'isWrite' | 'start'> & {
  invocationId: string;
};

const readVerb = /^(Describe|Get|List|Simulate|Search|Lookup|Assume|DecodeAuthorizationMessage)/;

/** True for operations that change something, judged by name as AWS names them. */
export function isWrite(action: string, input: Input): boolean {
  const operation = action.split(':')[1] ?? '';
  return !readVerb.test(operation) && textOf(input, 'DryRun') !== 'true';
}

/**
 * The call that an arriving one repeats. An SDK retry carries the invocation id of its first attempt; the caller's
 * own retry is the identical write after it was refused. A poll is an identical read, sent after the previous one
 * was answered, with no write started in between: so a read that is made twice at the same time is no poll, nor is
 * a look before and after a change.
 */
export function repeated(
  earlier: readonly (Call & { invocationId?: string })[],
  call: Arrival,
): number | undefined {
  const retried = earlier.find((one) => call.invocationId !== '' && one.invocationId === call.invocationId);
  if (retried) return firstOf(retried);
  const key = canonical(call.input);
  for (const one of earlier.toReversed()) {
    if (one.action === call.action && canonical(one.input) === key) {
      const again = one.end <= call.start && (!call.isWrite || one.errorCode !== '');
      return again ? firstOf(one) : undefined;
    }
    if (one.isWrite && one.repeatOf === undefined && !call.isWrite) return undefined;
  }
  return undefined;
}

function firstOf(call: Call): number {
  return call.repeatOf ?? call.n;
}

/** The calls that ask for a change, retries included. */
export function writes(calls: readonly Call[]): Call[] {
  return calls.filter((call) => call.isWrite);
}

/** How many calls a run made, without repeats and without the exchange of credentials (`sts:AssumeRole…`). */
export function count(calls: readonly Call[]): number {
  return counted(calls).length;
}

/**
 * The longest chain of calls in which each began after the one before it was answered: how many round trips had to
 * follow each other. Without repeats and credentials, as `count`. Measure with a latency well above the jitter of
 * the machine (50 ms or more), or calls that were sent together look like a chain.
 */
export function depth(calls: readonly Call[]): number {
  const chains: { end: number; length: number }[] = [];
  for (const { start, end } of counted(calls).toSorted((a, b) => a.start - b.start)) {
    const before = chains.filter((chain) => chain.end <= start).map((chain) => chain.length);
    chains.push({ end, length: 1 + Math.max(0, ...before) });
  }
  return Math.max(0, ...chains.map((chain) => chain.length));
}

/** How often each action was called, repeats included: for messages and quick looks. */
export function tally(calls: readonly Call[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { action } of calls) found[action] = (found[action] ?? 0) + 1;
  return found;
}

function counted(calls: readonly Call[]): Call[] {
  return calls.filter((call) => call.repeatOf === undefined && !call.action.startsWith('sts:AssumeRole'));
}
