import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { makeAws } from './aws/client.js';
import { commentOn } from './github/comment.js';
import { type ParsedInputs, parseInputs } from './inputs/parse.js';
import { type Problem, RunError } from './model/problem.js';
import type { RunRecord } from './model/run.js';
import { isBlocked } from './plan/make-plan.js';
import { functionsText } from './report/facts.js';
import { finalLines, planLines } from './report/log.js';
import { type Destination, publish } from './report/publish.js';
import { execute } from './run.js';
import { readContext } from './runner/context.js';
import { chooseMode, type Mode } from './runner/mode.js';
import { fails, failsBy } from './runner/outcome.js';
import { rulesPageOf } from './runner/rules-page.js';
import { type Cancellation, listenForSignals } from './runner/signals.js';
import { WaitBudget, wallClock } from './settle.js';
import { logLine, plainText } from './text/escape.js';
import { makeRedact, secretsOf } from './text/redact.js';

const VERSION = '1';

const redact = makeRedact(secretsOf(process.env));
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

function readPayload(path: string | undefined): unknown {
  try {
    return path ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** Tells the run on its pull request; what the comment is about comes from the inputs alone. */
async function comment(
  record: RunRecord,
  { inputs }: ParsedInputs,
  env: NodeJS.ProcessEnv,
  { stop }: Cancellation,
): Promise<void> {
  const { desired, region, comment: wishes } = inputs;
  const url = await commentOn({
    record,
    subject: { functionNames: desired.functions.map(({ name }) => name), region, label: wishes.label },
    wishes,
    env,
    payload: readPayload(env.GITHUB_EVENT_PATH),
    userAgent: `vpc-lambda-action/${VERSION}`,
    redact,
    signal: stop,
    say,
    warn: ({ code, message, remedy }) =>
      core.warning(plainText(redact(`${message} ${remedy}`)), { title: code }),
  });
  if (url !== '') core.setOutput('comment-url', url);
}

/** The record of a run that did not get as far as AWS. */
function notStarted(problems: readonly Problem[]): RunRecord {
  return {
    outcome: 'failed',
    dryRun: true,
    because: 'the inputs have errors',
    functionNames: [],
    region: '',
    plan: undefined,
    results: [],
    problems,
    observed: undefined,
    vpc: undefined,
    endpointIds: [],
    remaining: [],
    verified: false,
    requests: 0,
  };
}

function sayMode(mode: Mode): void {
  say(`${mode.writes ? 'This run writes' : 'This is a dry run'}, because ${mode.because}.`);
  if (mode.notice) core.notice(mode.notice);
}

function run(
  { inputs }: ParsedInputs,
  env: NodeJS.ProcessEnv,
  { stop, giveUp }: Cancellation,
): Promise<RunRecord> {
  const context = readContext(env, readPayload(env.GITHUB_EVENT_PATH));
  const mode = chooseMode(inputs.dryRun, context);
  sayMode(mode);
  let requests = 0;
  const aws = makeAws({
    region: inputs.region,
    userAgent: `vpc-lambda-action/${VERSION}`,
    signal: stop,
    writeSignal: giveUp,
    onRequest: (action) => {
      requests += 1;
      core.debug(`request ${requests}: ${action}`);
    },
  });
  startGroup(`Read the network in ${inputs.region}`);
  return execute({
    inputs,
    mode,
    identity: { owner: context.repositoryId, runId: context.runId },
    aws,
    waiting: { clock: wallClock, budget: new WaitBudget(inputs.waitTimeout * 1000, wallClock), signal: stop },
    tell: ({ subject, text }) => say(`${subject}: ${text}`),
    onPlan: (plan) => {
      const { accountId, functions, vpcId } = plan.subject;
      const names = functionsText(functions.map(({ name }) => name));
      say(`Account ${accountId}, ${names}, ${vpcId}: ${requests} requests.`);
      startGroup('Plan');
      for (const line of planLines(plan)) say(line);
      if (mode.writes && plan.changes.length > 0 && !isBlocked(plan)) startGroup('Apply and verify');
    },
    onInternalError: (error) =>
      core.debug(redact(error instanceof Error ? (error.stack ?? '') : String(error))),
    requests: () => requests,
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
  let record: RunRecord;
  let parsed: ParsedInputs | undefined;
  try {
    parsed = parseInputs(env);
    for (const warning of parsed.warnings)
      core.warning(logLine(redact(`${warning.message} ${warning.remedy}`)), { title: warning.code });
    record = await run(parsed, env, cancellation);
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    // There are fewer annotations than problems can be.
    startGroup('What is wrong');
    for (const { code, message, remedy } of error.problems) say(`${code}: ${message} ${remedy}`);
    record = notStarted(error.problems);
  }
  record = { ...record, rulesPage: rulesPageOf(env) };
  endGroup();
  for (const line of finalLines(record)) say(line);
  publish(record, destination, redact);
  // Without inputs it is not known which comment is meant.
  if (parsed) await comment(record, parsed, env, cancellation);
  const failOn = parsed?.inputs.failOn ?? [];
  const by = failsBy(record.outcome, record.plan, failOn);
  if (by)
    core.error(`There ${by === 'drift' ? 'is drift' : 'are changes'}, and fail-on lists ${by}.`, {
      title: `fail-on-${by}`,
    });
  if (fails(record.outcome, record.plan, failOn)) process.exitCode = 1;
  // What the SDK still waits for must not outlive the time a runner gives after its signal.
  if (cancellation.stop.aborted) process.exit();
}
