import type { Aws } from '../aws/call.js';
import { type ClientConfig, clientConfig, makeAws } from '../aws/client.js';
import { classify } from '../aws/errors.js';
import { ambientIdentity, type Learn, marksOf, roleIdentity } from '../aws/identity.js';
import { parseArn, roleNameOf } from '../aws/partitions.js';
import type { SharedIdentity } from '../aws/shared-identity.js';
import {
  audienceOf,
  type Choice,
  chooseCredentials,
  machineWarning,
  namesCredentials,
  sessionNameOf,
  sourceOf,
  tokenSourceOf,
} from '../credentials/choose.js';
import { type Agents, makeAgents } from '../http/agent.js';
import type { Inputs } from '../model/desired.js';
import { type Problem, RunError } from '../model/problem.js';
import { accountNotAllowed } from '../resolve/account.js';
import { wallClock } from '../settle.js';
import type { RunContext } from './context.js';
import { askForIdToken } from './id-token.js';
import type { Mode } from './mode.js';
import type { Cancellation } from './signals.js';

/** What opening a session needs of the run. */
export interface Opening {
  readonly inputs: Inputs;
  readonly mode: Mode;
  readonly context: RunContext;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cancellation: Cancellation;
  /** Appended to the user agent of requests to AWS. */
  readonly userAgent: string;
  readonly say: (line: string) => void;
  readonly warn: (problem: Problem) => void;
  /** Makes the runner hide a text in its log. */
  readonly mask: (secret: string) => void;
  /** Keeps secrets out of everything that is written. */
  readonly learn: Learn;
  readonly onRequest: (action: string) => void;
  /** Told once, after the log has said who the run is. */
  readonly onCaller: () => void;
}

/** An open door to AWS, or why there is none. */
export type Session =
  | { readonly aws: Aws }
  | { readonly outcome: 'failed' | 'skipped'; readonly problems: readonly Problem[] };

/** Says who the run is as soon as AWS does, the first time. */
function tellingCaller(aws: Aws, says: (arn: string) => void): Aws {
  let isTold = false;
  return {
    ...aws,
    send: async (action, input) => {
      const answer = await aws.send(action, input);
      const { Arn: arn }: { Arn?: unknown } = Object(answer);
      if (action === 'sts:GetCallerIdentity' && typeof arn === 'string' && !isTold) {
        isTold = true;
        says(arn);
      }
      return answer;
    },
  };
}

/** The choice that the inputs and the runner leave. */
function choose({ inputs, mode, context, env }: Opening): Choice {
  return chooseCredentials(inputs.roles, {
    writes: mode.writes,
    isPullRequest: context.isPullRequest,
    stranger: context.stranger,
    tokenSource: tokenSourceOf(env),
    namesCredentials: namesCredentials(env),
  });
}

/** Stops before anything is asked where the account is known and not allowed. */
function checkAccount(accountId: string, { inputs }: Opening): void {
  const problems = accountNotAllowed(accountId, inputs.desired.allowedAccountIds);
  if (problems.length > 0) throw new RunError(problems);
}

type Assumed = Extract<Choice, { kind: 'role' }>;

/** How requests are sent. */
interface Wire {
  readonly agents: Agents;
  readonly config: ClientConfig;
}

/** The credentials of a role, made with an ID token. */
async function assume(choice: Assumed, opening: Opening, { agents, config }: Wire) {
  const { role, tokenSource } = choice;
  const { inputs, context, cancellation, say, warn, mask, learn } = opening;
  for (const warning of choice.warnings) warn(warning);
  const { accountId } = parseArn(role);
  checkAccount(accountId, opening);
  const { audience = audienceOf(role), duration } = inputs.roles;
  const { sessionName = sessionNameOf(context.runId, context.repository) } = inputs.roles;
  const signal = cancellation.stop;
  const idToken = () => askForIdToken(tokenSource, audience, { agents, clock: wallClock, signal });
  const identity = roleIdentity(
    { role, sessionName, duration, idToken, signal },
    config,
    wallClock,
    (secrets) => {
      for (const secret of secrets) mask(secret);
      learn(secrets);
    },
  );
  await identity();
  say(`Credentials: GitHub OIDC, role ${roleNameOf(role)} of account ${accountId}, session ${sessionName}.`);
  return identity;
}

/** What the job or its machine has. */
async function ambient(opening: Opening, { config }: Wire): Promise<SharedIdentity> {
  const { env, say, warn, mask, learn } = opening;
  const identity = ambientIdentity(config, wallClock, (secrets) => {
    // Those in variables were masked by who made them.
    for (const secret of secrets) if (!Object.values(env).includes(secret)) mask(secret);
    learn(secrets);
  });
  const found = await identity().catch((error: unknown) => {
    throw new RunError([classify(error, 'sts:GetCallerIdentity', '*')]);
  });
  const source = sourceOf(marksOf(found));
  say(`Credentials: ${source}.`);
  for (const warning of machineWarning(source, tokenSourceOf(env) !== undefined)) warn(warning);
  if (found.accountId) checkAccount(found.accountId, opening);
  return identity;
}

async function open(opening: Opening, choice: Choice): Promise<Session> {
  const { inputs, userAgent, cancellation, say, onRequest, onCaller } = opening;
  if (choice.kind === 'skipped') return { outcome: 'skipped', problems: [choice.problem] };
  if (choice.kind === 'refused') throw new RunError([choice.problem]);
  const agents = makeAgents();
  const config = clientConfig(inputs.region, userAgent, agents);
  const wire = { agents, config };
  const identity = await (choice.kind === 'role' ? assume(choice, opening, wire) : ambient(opening, wire));
  const { stop: signal, giveUp: writeSignal } = cancellation;
  const aws = makeAws({ config, identity, signal, writeSignal, onRequest });
  return {
    aws: tellingCaller(aws, (arn) => {
      const { accountId, resource } = parseArn(arn);
      say(`Account ${accountId}, acting as ${resource}.`);
      onCaller();
    }),
  };
}

/** Finds credentials that the run may use, and opens the door to AWS with them. */
export async function openSession(opening: Opening): Promise<Session> {
  try {
    return await open(opening, choose(opening));
  } catch (error) {
    if (error instanceof RunError) return { outcome: 'failed', problems: error.problems };
    throw error;
  }
}
