import type { AwsProblem } from '../model/problem.js';

/** What decides how long an error is forgiven. */
export interface RetryFacts {
  readonly problem: AwsProblem;
  /** Whether the policy was attached by this very run, so that it may still have to spread. */
  readonly policyIsNew: boolean;
  /** Whether the call names something this run made, which AWS may not see everywhere yet. */
  readonly namesOwnWork: boolean;
}

/** How long and how often an error is forgiven. */
export interface Patience {
  /** Seconds after which it counts. */
  readonly seconds: number;
  /** Seconds before each further try; the last one repeats. */
  readonly delays: readonly number[];
  /** What the log says meanwhile. */
  readonly reason: string;
}

interface Row {
  readonly applies: (facts: RetryFacts) => boolean;
  readonly patience: (facts: RetryFacts) => Patience;
}

const SPREADING: readonly number[] = [2, 4, 8, 15];

/** The errors that pass by themselves; everything else counts at once. Rows are those of domain.md §1. */
const ROWS: readonly Row[] = [
  {
    // Row 1: IAM spreads a new policy within seconds; row 2: if it is not new, something else denies it.
    applies: ({ problem }) => /provided execution role does not have permissions/.test(problem.message),
    patience: ({ policyIsNew }) => ({
      seconds: policyIsNew ? 120 : 20,
      delays: SPREADING,
      reason: policyIsNew
        ? 'the policy of the execution role is still spreading'
        : 'Lambda does not accept the policies of the execution role',
    }),
  },
  {
    // Row 4.
    applies: ({ problem }) => /cannot be assumed by Lambda/.test(problem.message),
    patience: () => ({
      seconds: 60,
      delays: SPREADING,
      reason: 'Lambda cannot assume the execution role yet',
    }),
  },
  {
    // Row 5.
    applies: ({ problem }) => /KMS key is invalid for CreateGrant/.test(problem.message),
    patience: () => ({
      seconds: 30,
      delays: SPREADING,
      reason: 'the grant on the KMS key is still spreading',
    }),
  },
  {
    // Row 22.
    applies: ({ problem }) => problem.kind === 'throttled',
    patience: () => ({ seconds: 840, delays: [5, 10, 20, 40, 60], reason: 'AWS throttles' }),
  },
  {
    // Another change of the same role: attaching is idempotent.
    applies: ({ problem }) => /^ConcurrentModification/.test(problem.awsCode),
    patience: () => ({ seconds: 60, delays: SPREADING, reason: 'somebody else changes the role' }),
  },
  {
    // Row 48.
    applies: ({ problem, namesOwnWork }) => problem.kind === 'not-found' && namesOwnWork,
    patience: () => ({
      seconds: 60,
      delays: [1, 2, 4, 8],
      reason: 'AWS does not see everywhere yet what was just made',
    }),
  },
  {
    // Row 84: the private name of a deleted endpoint stays taken for a minute or so.
    applies: ({ problem }) => /conflicting DNS domain/.test(problem.message),
    patience: () => ({
      seconds: 180,
      delays: [5, 10],
      reason: 'the private name of a deleted endpoint is still taken',
    }),
  },
];

/** How long this error is forgiven; undefined when it counts at once. */
export function patienceFor(facts: RetryFacts): Patience | undefined {
  return ROWS.find((row) => row.applies(facts))?.patience(facts);
}
