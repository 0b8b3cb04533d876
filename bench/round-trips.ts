import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { damage } from '../demo/network.js';
import {
  caseStudyInputs,
  onPullRequest,
  onPush,
  openStage,
  type Run,
  region,
  type Stage,
} from '../demo/stage.js';
import type { Findings } from './findings.js';
import { memoryVariables, takePeakMemory } from './memory.js';
import { beside, table } from './table.js';

/** Milliseconds that every call takes: well above the jitter of a machine, so that depth means something. */
export const LATENCY = 100;

/** What a run may cost, and the least that its data dependencies allow. */
export interface Row {
  readonly name: string;
  readonly outcome: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event: { readonly name: string; readonly ref: string };
  readonly bounds: { readonly calls?: number; readonly depth?: number; readonly writes?: number };
  /** Calls and dependent round trips below which no run can come; undefined where nobody worked them out. */
  readonly least?: readonly [calls: number, depth: number];
  /** What happens to the world before the run. */
  readonly before?: (stage: Stage) => Promise<unknown>;
}

/** Rows of a table, and the bounds that they break. */
export interface Measured {
  readonly lines: readonly string[][];
  readonly broken: readonly string[];
}

/** The heads of the columns behind the name of a run. */
export const HEAD = ['calls', 'depth', 'writes', 'least: calls, depth', 'repeats', 'peak, MiB'];

/** Runs rows one after another and counts. */
export async function measure(
  rows: readonly Row[],
  run: (row: Row, env: Readonly<Record<string, string>>) => Promise<Run>,
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'vpc-lambda-bench-'));
  try {
    const lines: string[][] = [];
    const broken: string[] = [];
    for (const row of rows) {
      const ended = await run(row, memoryVariables(folder));
      broken.push(...judge(row, ended));
      lines.push(cells(row, ended, takePeakMemory(folder)));
    }
    return { lines, broken };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const unchanged = { outcome: 'unchanged', event: onPush, bounds: { calls: 15, depth: 2, writes: 0 } };
const applying = { outcome: 'changed', event: onPush, bounds: { calls: 30, depth: 9 } };

const rows: readonly Row[] = [
  {
    name: 'dry run, with all advice',
    outcome: 'planned',
    event: onPullRequest,
    bounds: { calls: 35, depth: 5, writes: 0 },
    least: [17, 3],
  },
  { name: 'from scratch, with verification', ...applying, least: [26, 8] },
  { name: 'second run', ...unchanged, least: [5, 2] },
  {
    name: 'second run, only function-name',
    ...unchanged,
    inputs: { 'function-name': 'app-7', 'aws-region': region },
    least: [5, 2],
  },
  {
    name: 'dry run after drift',
    outcome: 'planned',
    event: onPullRequest,
    bounds: { writes: 0 },
    before: damage,
  },
  { name: 'drift repair, with verification', ...applying },
];

const notes = `Method: the bundle runs as on a runner, against an AWS emulator behind a proxy that delays every call by ${LATENCY} ms.
"Calls" leaves out repeated looks at something awaited ("repeats") and the exchange of credentials. "Depth" is the
longest chain of calls in which each began after the one before was answered. Drift is a revoked rule and an endpoint
without one of its subnets. "Least" is what the case study's data dependencies allow: from scratch 13 reads in 2 waves (a dry run
has 4 more of the role, in 3), 10 writes in 3, 2 waits of one look each, and 1 read to verify; with nothing to change,
5 reads in 2 waves.
One more level is by choice: endpoints are made only when their group admits those who will use them.
"Peak" is the memory of that one run, without a bound; the table below has the measured one.`;

/** Runs the case study from an empty VPC to a repaired one and counts. */
export async function measureRoundTrips(): Promise<Findings> {
  const stage = await openStage({ latency: LATENCY });
  try {
    const { lines, broken } = await measure(rows, async (row, env) => {
      await row.before?.(stage);
      return stage.run({ inputs: row.inputs ?? caseStudyInputs, event: row.event, env });
    });
    return { text: `${table(['case study', ...HEAD], lines)}\n\n${notes}`, broken };
  } finally {
    await stage.close();
  }
}

function cells({ name, bounds, least }: Row, run: Run, memory: number): string[] {
  return [
    name,
    beside(run.calls, bounds.calls),
    beside(run.depth, bounds.depth),
    beside(run.writes, bounds.writes),
    least?.join(', ') ?? '–',
    String(run.repeats),
    memory.toFixed(),
  ];
}

function judge({ name, outcome, bounds }: Row, { result, calls, depth, writes }: Run): string[] {
  const ended = result.outputs.outcome ?? 'none';
  if (ended !== outcome) {
    const log = `${result.stdout}${result.stderr}`;
    throw new Error(`"${name}" ended with outcome ${ended}, not ${outcome}; its log:\n${log}`);
  }
  const allowed: Partial<Record<string, number>> = bounds;
  return Object.entries({ calls, depth, writes })
    .filter(([what, figure]) => figure > (allowed[what] ?? Number.POSITIVE_INFINITY))
    .map(([what, figure]) => `${name}: ${what} ${figure}, bound ${allowed[what]}`);
}
