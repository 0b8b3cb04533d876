import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { commentOn } from './github/comment.js';
import { type ParsedInputs, parseInputs } from './inputs/parse.js';
import type { Inputs } from './model/desired.js';
import { type Problem, RunError } from './model/problem.js';
import type { RunRecord } from './model/run.js';
import { isBlocked } from './plan/make-plan.js';
import { functionsText } from './report/facts.js';
import { finalLines, planLines } from './report/log.js';
import { type Destination, publish } from './report/publish.js';
import { execute } from './run.js';
import { readContext } from './runner/context.js';
import { chooseMode, type Mode } from './runner/mode.js';
import { fails, failsBy, whyFails } from './runner/outcome.js';
import { rulesPageOf } from './runner/rules-page.js';
import { openSession } from './runner/session.js';
import { type Cancellation, listenForSignals } from './runner/signals.js';
import { readWorkspaceFile } from './runner/workspace.js';
import { WaitBudget, wallClock } from './settle.js';
import { logLine, plainText } from './text/escape.js';
import { learnSecrets, makeRedact, secretsOf } from './text/redact.js';

const VERSION = '1';

const secrets = new Set(secretsOf(process.env));
const redact = makeRedact(secrets);
let groupIsOpen = false;

function startGroup(name: string): void {
  endGroup();
  core.startGroup(name);
  groupIsOpen = true;
}

function endGroup(): void {
  if (groupIsOpen) core.endGroup();
  groupIsOpen = false;
}

const say = (line: string): void => core.info(logLine(redact(line)));

const warn = ({ code, message, remedy }: Problem): void =>
  core.warning(logLine(redact(`${message} ${remedy}`)), { title: code });

function readPayload(path: string | undefined): unknown {
  try {
    return path ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** What a runner gives a run besides its inputs. */
interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Of the event; undefined when there is none. */
  readonly payload: unknown;
  readonly cancellation: Cancellation;
}

/** Tells the run on its pull request; what the comment is about comes from the inputs alone. */
async function comment(
  record: RunRecord,
  inputs: Inputs,
  { env, payload, cancellation }: Surroundings,
): Promise<void> {
  const { desired, region, comment: wishes } = inputs;
  const url = await commentOn({
    record,
    subject: { functionNames: desired.functions.map(({ name }) => name), region, label: wishes.label },
    wishes,
    env,
    payload,
    userAgent: `vpc-lambda-action/${VERSION}`,
    redact,
    signal: cancellation.stop,
    say,
    warn,
  });
  if (url !== '') core.setOutput('comment-url', url);
}

/** The record of a run that ended before it read anything of AWS. */
function notStarted(
  outcome: 'failed' | 'skipped',
  problems: readonly Problem[],
  inputs?: Inputs,
  mode: Mode = { writes: false, because: 'the inputs have errors' },
): RunRecord {
  return {
    outcome,
    dryRun: !mode.writes,
    because: mode.because,
    functionNames: inputs?.desired.functions.map(({ name }) => name) ?? [],
    region: inputs?.region ?? '',
    plan: undefined,
    results: [],
    problems,
    observed: undefined,
    vpc: undefined,
    endpointIds: [],
    remaining: [],
    verified: false,
    requests: 0,
    actions: [],
  };
}

function sayMode(mode: Mode): void {
  say(`${mode.writes ? 'This run writes' : 'This is a dry run'}, because ${mode.because}.`);
  if (mode.notice) core.notice(mode.notice);
}

async function run(
  { inputs }: ParsedInputs,
  { env, payload, cancellation }: Surroundings,
): Promise<RunRecord> {
  const context = readContext(env, payload);
  const mode = chooseMode(inputs.dryRun, context);
  sayMode(mode);
  let requests = 0;
  const actions = new Set<string>();
  const session = await openSession({
    inputs,
    mode,
    context,
    env,
    cancellation,
    userAgent: `vpc-lambda-action/${VERSION}`,
    say,
    warn,
    mask: core.setSecret,
    learn: (made) => learnSecrets(secrets, made),
    onRequest: (action) => {
      requests += 1;
      actions.add(action);
      core.debug(`request ${requests}: ${action}`);
    },
    onCaller: () => startGroup(`Read the network in ${inputs.region}`),
  });
  if (!('aws' in session)) return notStarted(session.outcome, session.problems, inputs, mode);
  return execute({
    inputs,
    mode,
    identity: { owner: context.repositoryId, runId: context.runId },
    aws: session.aws,
    waiting: {
      clock: wallClock,
      budget: new WaitBudget(inputs.waitTimeout * 1000, wallClock),
      signal: cancellation.stop,
    },
    tell: ({ subject, text }) => say(`${subject}: ${text}`),
    onPlan: (plan) => {
      const { accountId, functions, vpcId } = plan.subject;
      const names = functionsText(functions.map(({ name }) => name));
      say(`Account ${accountId}, ${names}, ${vpcId || 'no VPC'}: ${requests} requests.`);
      startGroup('Plan');
      for (const line of planLines(plan)) say(line);
      if (mode.writes && plan.changes.length > 0 && !isBlocked(plan)) startGroup('Apply and verify');
    },
    onInternalError: (error) =>
      core.debug(redact(error instanceof Error ? (error.stack ?? '') : String(error))),
    requests: () => requests,
    actions: () => [...actions].sort(),
  });
}

/** One run, from the runner's environment to the exit code. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const destination: Destination = {
    temp: env.RUNNER_TEMP || '.',
    summaryFile: env.GITHUB_STEP_SUMMARY,
    suffix: randomUUID().slice(0, 8),
  };
  const cancellation = listenForSignals(process);
  const surroundings = { env, payload: readPayload(env.GITHUB_EVENT_PATH), cancellation };
  let record: RunRecord;
  let inputs: Inputs | undefined;
  try {
    const parsed = parseInputs(env, (path) => readWorkspaceFile(env.GITHUB_WORKSPACE, path));
    inputs = parsed.inputs;
    for (const warning of parsed.warnings) warn(warning);
    record = await run(parsed, surroundings);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    // There are fewer annotations than problems can be.
    startGroup('What is wrong');
    for (const { code, message, remedy } of error.problems) say(`${code}: ${message} ${remedy}`);
    record = notStarted('failed', error.problems);
  }
  record = { ...record, rulesPage: rulesPageOf(env) };
  endGroup();
  for (const line of finalLines(record)) say(line);
  publish(record, destination, redact);
  // Without inputs it is not known which comment is meant.
  if (inputs) await comment(record, inputs, surroundings);
  const failOn = inputs?.failOn ?? [];
  const by = failsBy(record.outcome, record.plan, failOn);
  if (by) core.error(plainText(redact(whyFails(by, record.plan))), { title: `fail-on-${by}` });
  if (fails(record.outcome, record.plan, failOn)) process.exitCode = 1;
  // What the SDK still waits for must not outlive the time a runner gives after its signal.
  if (cancellation.stop.aborted) process.exit();
}
