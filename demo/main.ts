import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../__tests__/support/project-root.js';
import { readableLog } from './log.js';
import { damage, networkLines, readNetwork } from './network.js';
import { caseStudyInputs, openStage, type Run, type Stage } from './stage.js';
import { connecting, disappointment, repairing, type Step, unnamedDrift } from './steps.js';

const usage = `Usage: script/demo

Shows the action at work on this machine: an AWS emulator stands in for AWS, the action's bundle (dist/index.js)
runs as a workflow step would run it. Needs Node 20 or newer and Python 3.10 or newer, and no AWS account.
The job summaries are kept in .cache/demo/. Exits with 0 when every step ended as it should, else with 1.`;

/** The demo cannot go on; the message is one sentence for the person who started it. */
class Stopped extends Error {}

const folder = '.cache/demo';
const bold = (text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[0m` : text;
const say = (text = ''): void => void process.stdout.write(`${text}\n`);
const indented = (lines: readonly string[]): string =>
  lines.map((line) => (line === '' ? '  │' : `  │ ${line}`)).join('\n');

/** Ends a running step, and the demo after it, when the person who started it has seen enough. */
class Interrupt {
  happened = false;
  readonly when: Promise<void>;

  constructor() {
    this.when = new Promise((resolve) => {
      const stop = (): void => {
        if (this.happened) process.exit(130);
        this.happened = true;
        resolve();
      };
      process.on('SIGINT', stop).on('SIGTERM', stop);
    });
  }

  check(): void {
    if (this.happened) throw new Stopped('The demo was interrupted.');
  }
}

class Demo {
  private readonly summaries: string[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly interrupt: Interrupt,
  ) {}

  private async step(step: Step): Promise<Run> {
    const number = this.summaries.length + 1;
    say(`\n${bold(`${number} of ${connecting.length + repairing.length}  ${step.title}`)}\n${step.why}\n`);
    const run = await this.stage.run({
      inputs: caseStudyInputs,
      event: step.event,
      signalAfter: { signal: 'SIGKILL', when: this.interrupt.when },
    });
    this.interrupt.check();
    say(indented(readableLog(`${run.result.stdout}${run.result.stderr}`)));
    say(`\n  outcome ${bold(run.result.outputs.outcome ?? 'none')} · ${costOf(run)}`);
    const path = `${folder}/${number}-${step.slug}.md`;
    writeFileSync(join(projectRoot, path), run.result.summary);
    this.summaries.push(path);
    this.check(step.title, disappointment(step, run));
    return run;
  }

  private check(title: string, problem: string | undefined): void {
    if (problem === undefined) return;
    throw new Stopped(`The demo failed: "${title}" is not as expected, because ${problem}.`);
  }

  private async look(): Promise<string[]> {
    const lines = networkLines(await readNetwork(this.stage), this.stage);
    this.interrupt.check();
    return lines;
  }

  async play(): Promise<void> {
    const { world } = this.stage;
    this.introduce(await this.look());
    for (const step of connecting) await this.step(step);
    const connected = await this.look();
    say(`\nWhat the emulator itself says now:\n\n${connected.map((line) => `  ${line}`).join('\n')}`);
    const done = await damage(this.stage);
    say(
      `\n${bold('Meanwhile, past the action')}\nSomebody revokes the outbound rule of ${done.groupName} and takes ${done.subnetId} from the ${done.service} endpoint.`,
    );
    for (const step of repairing) {
      const run = await this.step(step);
      if (step.slug === 'drift') this.check(step.title, unnamedDrift(done, run));
    }
    const repaired = await this.look();
    const same = repaired.join('\n') === connected.join('\n');
    if (!same)
      this.check('repair', `the network of ${world.functionName} is not what it was before the damage`);
    say('\nThe network is again what it was before. All steps ended as they should.');
    say(`The job summaries of the runs, as GitHub would show them:\n`);
    for (const path of this.summaries) say(`  ${path}`);
  }

  private introduce(before: readonly string[]): void {
    const inputs = Object.entries(caseStudyInputs).map(([name, value]) => `      ${name}: ${value}`);
    say(
      `The function app-7 reads a parameter from SSM and writes its log; it shall run inside a private VPC.\nBefore:\n`,
    );
    say(before.map((line) => `  ${line}`).join('\n'));
    say(`\nThe workflow step that connects it:\n\n  - uses: owner/vpc-lambda-action@v1\n    with:`);
    say(inputs.join('\n'));
  }
}

function costOf({ calls, writes, repeats }: Run): string {
  const waited = repeats === 0 ? '' : `, ${repeats} repeated while waiting`;
  return `${calls} calls to AWS, ${writes} of them writes${waited}`;
}

async function main(): Promise<number> {
  const [argument] = process.argv.slice(2);
  if (argument !== undefined) {
    say(usage);
    return argument === '--help' || argument === '-h' ? 0 : 2;
  }
  const interrupt = new Interrupt();
  let stage: Stage | undefined;
  try {
    rmSync(join(projectRoot, folder), { recursive: true, force: true });
    mkdirSync(join(projectRoot, folder), { recursive: true });
    say(`${bold('vpc-lambda-action, on an AWS emulator on this machine')}\n`);
    stage = await openStage({ latency: 0 });
    interrupt.check();
    await new Demo(stage, interrupt).play();
    return 0;
  } catch (error) {
    if (interrupt.happened) return 130;
    process.stderr.write(`\n${error instanceof Stopped ? error.message : internal(error)}\n`);
    return 1;
  } finally {
    await stage?.close();
  }
}

function internal(error: unknown): string {
  return `The demo could not go on: ${error instanceof Error ? error.message : String(error)}`;
}

process.exit(await main());
