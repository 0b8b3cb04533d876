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
import { memoryVariables, takePeakMemory } from './memory.js';
import { beside, table } from './table.js';

/** Milliseconds that every call takes: well above the jitter of a machine, so that depth means something. */
const LATENCY = 50;

/** MiB of resident memory that a run may take at its peak. */
export const MEMORY_BOUND = 90;

/** What a run of the case study may cost, and the least that its data dependencies allow. */
interface Row {
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

const unchanged = { outcome: 'unchanged', event: onPush, bounds: { calls: 15, depth: 2, writes: 0 } };
const applying = { outcome: 'changed', event: onPush, bounds: { calls: 30, depth: 9 } };

const rows: readonly Row[] = [
  { name: 'dry run', outcome: 'planned', event: onPullRequest, bounds: { writes: 0 }, least: [12, 2] },
  { name: 'from scratch, with verification', ...applying, least: [29, 8] },
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
Calls leave out repeated looks at something awaited ("repeats") and the exchange of credentials. Depth is the longest
chain of calls in which each began after the one before was answered. Drift is one revoked rule and one endpoint subnet.
Least: what the data dependencies of the case study allow at all. From scratch it is 12 reads in 2 waves, 10 writes in
3 waves, 2 waits (7 deep), and 5 reads in 1 wave to verify; with nothing to change 5 reads.`;

/** What part of the bench found. */
export interface Findings {
  readonly text: string;
  /** Bounds that are broken, as sentences. */
  readonly broken: readonly string[];
}

/** Runs the case study from an empty VPC to a repaired one and counts. */
export async function measureRoundTrips(): Promise<Findings> {
  const stage = await openStage({ latency: LATENCY });
  const folder = mkdtempSync(join(tmpdir(), 'vpc-lambda-bench-'));
  try {
    const lines: string[][] = [];
    const broken: string[] = [];
    for (const row of rows) {
      await row.before?.(stage);
      const run = await stage.run({
        inputs: row.inputs ?? caseStudyInputs,
        event: row.event,
        env: memoryVariables(folder),
      });
      const memory = takePeakMemory(folder);
      broken.push(...judge(row, run, memory));
      lines.push(cells(row, run, memory));
    }
    const head = ['case study', 'calls', 'depth', 'writes', 'least: calls, depth', 'repeats', 'peak MiB'];
    return { text: `${table(head, lines)}\n\n${notes}`, broken };
  } finally {
    rmSync(folder, { recursive: true });
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
    beside(memory, MEMORY_BOUND),
  ];
}

function judge({ name, outcome, bounds }: Row, run: Run, memory: number): string[] {
  const ended = run.result.outputs.outcome ?? 'none';
  if (ended !== outcome) {
    throw new Error(
      `"${name}" ended with outcome ${ended}, not ${outcome}; its log:\n${run.result.stdout}${run.result.stderr}`,
    );
  }
  const measured = { calls: run.calls, depth: run.depth, writes: run.writes, 'MiB of memory': memory };
  const allowed: Partial<Record<string, number>> = { ...bounds, 'MiB of memory': MEMORY_BOUND };
  return Object.entries(measured)
    .filter(([what, figure]) => figure > (allowed[what] ?? Number.POSITIVE_INFINITY))
    .map(([what, figure]) => `${name}: ${figure.toFixed()} ${what}, bound ${allowed[what]}`);
}
