import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Claims, readClaims } from '../credentials/claims.js';
import { explainRefusal } from '../credentials/refusals.js';
import { RunError } from '../model/problem.js';
import type { Clock } from '../settle.js';
import type { ClientConfig } from './client.js';
import { classify } from './errors.js';
import { type Credentials, type SharedIdentity, shareIdentity } from './shared-identity.js';

/** Told every secret of newly made or found credentials. */
export type Learn = (secrets: readonly string[]) => void;

/** A role, and how it is assumed. */
export interface RoleSession {
  /** ARN of the role. */
  readonly role: string;
  readonly sessionName: string;
  /** Seconds. */
  readonly duration: number;
  /** Asks for a new ID token. */
  readonly idToken: () => Promise<string>;
  /** Ends the request to AWS early. */
  readonly signal: AbortSignal;
}

const ACTION = 'sts:AssumeRoleWithWebIdentity';

const secretsIn = ({ accessKeyId, secretAccessKey, sessionToken = '' }: Credentials): string[] =>
  [accessKeyId, secretAccessKey, sessionToken].filter((secret) => secret !== '');

/** Seconds between the issue of the token and AWS's time of the answer; undefined where either is not known. */
function clockDifference(error: unknown, { issuedAt }: Claims): number | undefined {
  const { $response: response }: { $response?: unknown } = Object(error);
  const { headers }: { headers?: Record<string, string> } = Object(response);
  const answered = Date.parse(headers?.date ?? '') / 1000;
  return Number.isNaN(answered) || issuedAt === undefined ? undefined : Math.round(answered - issuedAt);
}

/** What stopped a role from being assumed, with its reason where that is known. */
function refusal(error: unknown, token: string, session: RoleSession, region: string): RunError {
  const { role, duration } = session;
  const claims = readClaims(token);
  const said = error instanceof Error ? error.message : String(error);
  const asked = { role, region, duration, claims, clockDifference: clockDifference(error, claims) };
  return new RunError([explainRefusal(classify(error, ACTION, role), said, asked)]);
}

/**
 * Assumes a role with an ID token of GitHub's, a new one for each session. AWS takes no session tags with this
 * call: they would have to be claims of the token, and GitHub writes none (STS API reference; GitHub
 * documentation, "Configuring OpenID Connect in Amazon Web Services").
 * Throws a {@link RunError} where GitHub gives no token or AWS refuses.
 */
export function roleIdentity(
  session: RoleSession,
  config: ClientConfig,
  clock: Clock,
  learn: Learn,
): SharedIdentity {
  const sts = new STSClient(config);
  return shareIdentity(async () => {
    const token = await session.idToken();
    learn([token]);
    const command = new AssumeRoleWithWebIdentityCommand({
      RoleArn: session.role,
      RoleSessionName: session.sessionName,
      DurationSeconds: session.duration,
      WebIdentityToken: token,
    });
    try {
      const { Credentials: made } = await sts.send(command, { abortSignal: session.signal });
      const identity = {
        accessKeyId: made?.AccessKeyId ?? '',
        secretAccessKey: made?.SecretAccessKey ?? '',
        sessionToken: made?.SessionToken ?? '',
        ...(made?.Expiration && { expiration: made.Expiration }),
      };
      learn(secretsIn(identity));
      return identity;
    } catch (error) {
      throw refusal(error, token, session, config.region);
    }
  }, clock);
}

/** Ambient credentials: what the SDK's default chain finds, shared and learnt like any others. */
export function ambientIdentity(config: ClientConfig, clock: Clock, learn: Learn): SharedIdentity {
  const { credentials } = new STSClient(config).config as { credentials: () => Promise<Credentials> };
  return shareIdentity(async () => {
    const identity = await credentials();
    learn(secretsIn(identity));
    return identity;
  }, clock);
}

/** Names of the marks that the SDK puts on what its chain found. */
export function marksOf(identity: Credentials): string[] {
  const { $source: marks }: { $source?: object } = Object(identity);
  return Object.keys(marks ?? {});
}
