import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inputVariables } from '../__tests__/support/action-inputs.js';
import { node24 } from '../__tests__/support/node24.js';
import { projectRoot } from '../__tests__/support/project-root.js';
import { caseStudyInputs, onPullRequest, openStage } from '../demo/stage.js';
import { buildBaseline } from './baseline-bundle.js';
import type { Findings } from './findings.js';
import { memoryVariables, takePeakMemory } from './memory.js';
import { type Recording, type Replay, startRecorder, startReplay } from './replay.js';
import { type Spread, spreadOf } from './statistics.js';
import { beside, table } from './table.js';

/** Runs of each program that count. */
const RUNS = 21;

/** MiB that the action's process may have resident at its peak. */
const MEMORY_BOUND = 90;

/** How many times as long as the baseline the action may take from process start to its first call. */
const RATIO_BOUND = 1.15;

interface Sample {
  /** Milliseconds from the start of the process to the arrival of its first call. */
  readonly firstCall: number;
  /** Milliseconds from the start of the process to its end. */
  readonly end: number;
  readonly memory: number;
}

/** Measures the committed bundle beside the baseline. */
export async function measureProcess(): Promise<Findings> {
  const programs = { action: join(projectRoot, 'dist/index.js'), baseline: buildBaseline() };
  const recording = await recordDryRun();
  const replay = await startReplay(recording);
  const folder = mkdtempSync(join(tmpdir(), 'vpc-lambda-bench-'));
  const machine = machineNow();
  try {
    const samples = await interleaved(programs, { replay, folder });
    if (replay.unknown.length > 0) throw new Error(`never recorded: ${replay.unknown[0]}`);
    return report(samples, programs, machine);
  } finally {
    rmSync(folder, { recursive: true });
    await replay.stop();
  }
}

/** What AWS answers to the case study's first dry run, and to the baseline, whose calls are among them. */
async function recordDryRun(): Promise<Recording> {
  const stage = await openStage({ latency: 0 });
  const recorder = await startRecorder(stage.url);
  try {
    const { result } = await stage.run({
      inputs: caseStudyInputs,
      event: onPullRequest,
      env: { AWS_ENDPOINT_URL: recorder.url },
    });
    if (result.exitCode !== 0) throw new Error(`the dry run failed:\n${result.stdout}${result.stderr}`);
    return recorder.recording;
  } finally {
    await recorder.stop();
    await stage.close();
  }
}

type Programs = Readonly<Record<'action' | 'baseline', string>>;
type Samples = Record<keyof Programs, Sample[]>;

interface Bench {
  readonly replay: Replay;
  readonly folder: string;
}

/** Every round runs both programs, each first in every other round; the first round warms the file cache. */
async function interleaved(programs: Programs, bench: Bench): Promise<Samples> {
  const samples: Samples = { action: [], baseline: [] };
  for (let round = 0; round <= RUNS; round += 1) {
    const order: (keyof Programs)[] = round % 2 === 0 ? ['action', 'baseline'] : ['baseline', 'action'];
    for (const name of order) {
      const sample = await runOnce(programs[name], bench);
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

async function runOnce(program: string, { replay, folder }: Bench): Promise<Sample> {
  const env = stepVariables(folder, replay.url);
  replay.forget();
  const start = performance.now();
  const child = spawn(node24(), [program], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = await saidUntilEnd(child);
  const end = performance.now() - start;
  if (child.exitCode !== 0) throw new Error(`${program} ended with exit code ${child.exitCode}:\n${said}`);
  return { firstCall: replay.firstCall() - start, end, memory: takePeakMemory(folder) };
}

function stepVariables(folder: string, endpoint: string): Record<string, string> {
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')];
  for (const file of [output, summary]) writeFileSync(file, '');
  return {
    ...inputVariables(projectRoot, caseStudyInputs, ''),
    ...memoryVariables(folder),
    HOME: folder,
    RUNNER_TEMP: folder,
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: onPullRequest.name,
    GITHUB_REF: onPullRequest.ref,
    GITHUB_REPOSITORY_ID: '700100200',
    GITHUB_RUN_ID: '900800700',
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

function saidUntilEnd(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('close', () => resolve(said));
  });
}

function report(samples: Samples, programs: Programs, machine: string): Findings {
  const spread = (name: keyof Programs, of: keyof Sample): Spread =>
    spreadOf(samples[name].map((sample) => sample[of]));
  const row = (title: string, name: keyof Programs, memoryBound?: number): string[] => {
    const first = spread(name, 'firstCall');
    const memory = spread(name, 'memory');
    return [
      title,
      ...[first.median, first.min, first.p90, spread(name, 'end').median].map((figure) => figure.toFixed()),
      beside(memory.median, memoryBound, 1),
      memory.max.toFixed(1),
      (statSync(programs[name]).size / 1e6).toFixed(2),
    ];
  };
  const ratio = (of: keyof Sample, figure: keyof Spread): number =>
    spread('action', of)[figure] / spread('baseline', of)[figure];
  const ratios = [
    'ratio',
    beside(ratio('firstCall', 'median'), RATIO_BOUND, 2),
    ...[ratio('firstCall', 'min'), ratio('firstCall', 'p90'), ratio('end', 'median')].map(rounded),
    ...[ratio('memory', 'median'), ratio('memory', 'max')].map(rounded),
    rounded(statSync(programs.action).size / statSync(programs.baseline).size),
  ];
  const head = ['process', 'first call, ms', 'min', 'p90', 'end, ms', 'peak, MiB', 'max', 'bundle, MB'];
  const rows = [row('dist/index.js', 'action', MEMORY_BOUND), row('baseline', 'baseline'), ratios];
  const peak = spread('action', 'memory').median;
  const broken = `dist/index.js: ${peak.toFixed(1)} MiB of memory, bound ${MEMORY_BOUND}`;
  return { text: `${table(head, rows)}\n\n${notes(machine)}`, broken: peak > MEMORY_BOUND ? [broken] : [] };
}

const rounded = (figure: number): string => figure.toFixed(2);

/** What the figures depend on. The load is read before the runs. */
function machineNow(): string {
  const version = spawnSync(node24(), ['--version'], { encoding: 'utf8' }).stdout.trim();
  return `Node ${version}, ${availableParallelism()} CPUs, load ${loadavg()[0]?.toFixed(1)} before`;
}

const notes = (
  machine: string,
): string => `Method: ${RUNS} dry runs each of the case study, in turn, after one that is not counted (${machine}).
Medians, where nothing else is said. The answers come at once from a server that replays what the emulator said, so
that neither network nor emulator is measured. "First call" is the time from the start of the process to the arrival
of its first call, "end" to its exit, "peak" the most memory the process alone had resident.
The baseline is bench/baseline, bundled as dist/ is: @actions/core, the same four SDK clients with the same options,
the calls of the first wave and one more, an output and a summary. It decides and reports nothing.
Times depend on what else the machine does: a ratio over its bound is marked and does not fail the bench.`;
