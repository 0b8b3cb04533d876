import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../__tests__/support/project-root.js';
import { Interrupt } from './interrupt.js';
import { LogView } from './log.js';
import { damage, missing, networkLines, readNetwork } from './network.js';
import { caseStudyInputs, openStage, type Run, type Stage } from './stage.js';
import { disappointment, type Step, steps, unnamedDrift } from './steps.js';
import { bold, costOf, indented, quoted, say, workflowStep } from './words.js';

/** The demo cannot go on; the message is one sentence for the person who started it. */
class Stopped extends Error {}

const folder = '.cache/demo';

/** The story of the demo, from an empty network to a repaired one. */
class Demo {
  private readonly summaries: string[] = [];
  private readonly log = new LogView();

  constructor(
    private readonly stage: Stage,
    private readonly interrupt: Interrupt,
  ) {}

  async play(): Promise<void> {
    await this.introduce();
    await this.step(steps.plan);
    await this.step(steps.connect);
    const connected = await this.lookAfterConnect();
    await this.step(steps.again);
    const done = await damage(this.stage);
    say(`\n${bold('Meanwhile, somebody changes the network by hand')}`);
    say(
      `The outbound rule of ${done.groupName} is revoked, and the ${done.service} endpoint loses a subnet,`,
    );
    say(`${done.subnetId}.`);
    const run = await this.step(steps.drift);
    this.check(steps.drift, unnamedDrift(done, run));
    await this.step(steps.repair);
    const repaired = networkLines(await readNetwork(this.stage), this.stage);
    const differs = repaired.join('\n') !== connected.join('\n');
    this.check(steps.repair, differs ? 'the network is not what it was before the damage' : undefined);
    await this.step(steps.still);
    this.finish();
  }

  private async introduce(): Promise<void> {
    say(
      '\nThe function app-7 reads a parameter from SSM and writes its log. It shall run inside a VPC that has',
    );
    say('three private subnets and no way to the internet. What the emulator holds before:\n');
    say(indented(networkLines(await readNetwork(this.stage), this.stage)));
    say('\nThe workflow step that connects it:\n');
    say(indented(workflowStep(caseStudyInputs)));
  }

  private async step(step: Step): Promise<Run> {
    const number = this.summaries.length + 1;
    say(`\n${bold(`${number} of ${Object.keys(steps).length}  ${step.title}`)}\n${step.why}\n`);
    const run = await this.stage.run({
      inputs: caseStudyInputs,
      event: step.event,
      signalAfter: { signal: 'SIGKILL', when: this.interrupt.when },
    });
    if (this.interrupt.happened) throw new Stopped('The demo was interrupted.');
    say(quoted(this.log.lines(`${run.result.stdout}${run.result.stderr}`, number)));
    say(`\n  ${bold(`outcome: ${run.result.outputs.outcome ?? 'none'}`)}  (${costOf(run)})`);
    const path = `${folder}/${number}-${step.slug}.md`;
    writeFileSync(join(projectRoot, path), run.result.summary);
    this.summaries.push(path);
    this.check(step, disappointment(step, run));
    return run;
  }

  private async lookAfterConnect(): Promise<string[]> {
    const network = await readNetwork(this.stage);
    const lines = networkLines(network, this.stage);
    say(`\n  What the emulator itself says now:\n\n${indented(lines)}`);
    this.check(steps.connect, missing(network, this.stage));
    return lines;
  }

  private check({ title }: Step, problem: string | undefined): void {
    if (problem === undefined) return;
    throw new Stopped(`The demo failed: "${title}" did not end as it should, because ${problem}.`);
  }

  private finish(): void {
    say('\nThe network is what it was before the damage. Every step ended as it should.');
    say('The job summaries, as GitHub shows them on the page of a run:\n');
    say(indented(this.summaries));
  }
}

function prepare(): void {
  if (!existsSync(join(projectRoot, 'dist/index.js'))) {
    throw new Stopped('The demo cannot start: dist/index.js is missing; run "npm run bundle".');
  }
  mkdirSync(join(projectRoot, folder), { recursive: true });
}

async function main(): Promise<number> {
  const interrupt = new Interrupt();
  let stage: Stage | undefined;
  try {
    prepare();
    say(bold('vpc-lambda-action on an AWS emulator on this machine'));
    stage = await openStage({ latency: 0 });
    await new Demo(stage, interrupt).play();
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const sentence = error instanceof Stopped ? message : `The demo cannot go on: ${message}`;
    process.stderr.write(`\n${interrupt.happened ? 'The demo was interrupted.' : sentence}\n`);
    return interrupt.happened ? 130 : 1;
  } finally {
    await stage?.close();
  }
}

process.exit(await main());
