import { type Answer, deniedError, errorAnswer, htmlErrorAnswer, throttleError } from './answers.js';
import { canonical, textOf } from './input.js';
import type { AwsRequest } from './request.js';

/** Which calls a fault strikes. All conditions given must hold; without any, every call. */
export interface When {
  /** `ec2:DescribeVpcs`; a `*` stands for anything, as in `ec2:*`. */
  readonly action?: string;
  /** Begins with the nth request that meets the other conditions, from 1; retries are requests of their own. */
  readonly nth?: number;
  readonly predicate?: (request: AwsRequest) => boolean;
}

/** What a fault does instead of, or around, the ordinary answer. */
export type Effect =
  /** The service's own answer to too many calls; nothing reaches moto. */
  | { readonly kind: 'throttle' }
  /** The service's own refusal of a caller without permission (for `as`, where not the action itself). */
  | { readonly kind: 'deny'; readonly as?: string }
  /** That error; nothing reaches moto. */
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly status?: number }
  /** HTTP 500 with a web page, which is no AWS answer; nothing reaches moto. */
  | { readonly kind: 'html500' }
  /** The connection breaks: `before` the call took effect, or `after` it, so that only the answer is lost. */
  | { readonly kind: 'drop'; readonly moment: 'before' | 'after' }
  /** The answer comes that many milliseconds later. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Calls the test before or after the effect, and waits for it: to change the world, or to send a signal. */
  | {
      readonly kind: 'run';
      readonly moment: 'before' | 'after';
      readonly run: (request: AwsRequest) => unknown;
    };

/** A declared fault. */
export interface Fault {
  readonly when: When;
  /** How many requests it strikes, from the nth on; 1 when not given. */
  readonly times?: number;
  readonly do: Effect;
}

/** What the faults decided for one request. */
export interface Struck {
  /** Given instead of moto's. */
  readonly answer?: Answer;
  readonly drop?: 'before' | 'after';
  /** Milliseconds. */
  readonly delay: number;
  readonly before: readonly ((request: AwsRequest) => unknown)[];
  readonly after: readonly ((request: AwsRequest) => unknown)[];
}

/** Remembers how often each fault could have struck and did. */
export interface Faults {
  inject(...faults: readonly (Fault | FaultMaker)[]): void;
  clear(): void;
  strike(request: AwsRequest): Struck;
}

/** A fault that keeps its own memory; made anew at each injection. */
export type FaultMaker = () => (request: AwsRequest) => Effect | undefined;

/** An empty register of faults. */
export function makeFaults(): Faults {
  let judges: ((request: AwsRequest) => Effect | undefined)[] = [];
  return {
    inject: (...faults) => {
      judges.push(...faults.map((fault) => (typeof fault === 'function' ? fault() : judgeOf(fault))));
    },
    clear: () => {
      judges = [];
    },
    strike: (request) => {
      const effects = judges.map((judge) => judge(request)).filter((effect) => effect !== undefined);
      return effects.reduce((struck, effect) => withEffect(struck, effect, request), untouched);
    },
  };
}

const untouched: Struck = { delay: 0, before: [], after: [] };

function judgeOf({ when, times = 1, do: effect }: Fault): (request: AwsRequest) => Effect | undefined {
  const first = when.nth ?? 1;
  let seen = 0;
  return (request) => {
    if (!meets(when, request)) return undefined;
    seen += 1;
    return seen >= first && seen < first + times ? effect : undefined;
  };
}

function meets({ action, predicate }: When, request: AwsRequest): boolean {
  if (action !== undefined && !matches(action, request.action)) return false;
  return predicate === undefined || predicate(request);
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}

function withEffect(struck: Struck, effect: Effect, request: AwsRequest): Struck {
  switch (effect.kind) {
    case 'throttle':
      return { ...struck, answer: errorAnswer(request.service, throttleError(request.service)) };
    case 'deny': {
      const denied = deniedError(request.service, effect.as ?? request.action, target(request));
      return { ...struck, answer: errorAnswer(request.service, denied) };
    }
    case 'error':
      return { ...struck, answer: errorAnswer(request.service, effect) };
    case 'html500':
      return { ...struck, answer: htmlErrorAnswer() };
    case 'drop':
      return { ...struck, drop: effect.moment };
    case 'delay':
      return { ...struck, delay: struck.delay + effect.milliseconds };
    case 'run':
      return { ...struck, [effect.moment]: [...struck[effect.moment], effect.run] };
  }
}

/** The ARN that a refusal names: the role or the function asked about. */
function target({ input, region, service }: AwsRequest): string {
  const account = '123456789012';
  const role = textOf(input, 'RoleName');
  if (service === 'iam') return role === '' ? '*' : `arn:aws:iam::${account}:role/${role}`;
  const name = textOf(input, 'FunctionName');
  if (name.startsWith('arn:')) return name;
  return name === '' ? '*' : `arn:aws:lambda:${region}:${account}:function:${name}`;
}

/** Every call with that action is refused for lack of permission, as long as the fault is in force. */
export function deny(action: string): Fault {
  return { when: { action }, times: Number.POSITIVE_INFINITY, do: { kind: 'deny' } };
}

/**
 * The first attempts of every distinct call (action and input) are throttled, each service in its own words. Three
 * is the number after which a client with the SDK's default retries has given up.
 */
export function throttleEveryDistinctCall(attempts = 3): FaultMaker {
  return () => {
    const seen = new Map<string, number>();
    return (request) => {
      const key = `${request.action} ${canonical(request.input)}`;
      const attempt = (seen.get(key) ?? 0) + 1;
      seen.set(key, attempt);
      return attempt <= attempts ? { kind: 'throttle' } : undefined;
    };
  };
}
