import type { Clock } from '../settle.js';

/** Credentials, as the SDK's clients take them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  /** The account they are of, where the source says it. */
  readonly accountId?: string;
}

/** A source of credentials that every client of a run asks before each request. */
export interface SharedIdentity {
  (): Promise<Credentials>;
  /** Tells the SDK's clients not to keep copies of their own. */
  memoized: boolean;
}

/** Milliseconds before their end at which credentials are renewed, as the SDK does. */
const RENEW_BEFORE = 300_000;

/** Milliseconds until renewing is tried again, while the credentials at hand still hold. */
const TRY_AGAIN_AFTER = 30_000;

/**
 * One identity for all clients: it is resolved once for all who ask at the same time, renewed when less than
 * five minutes are left, and kept to its very end where renewing fails.
 */
export function shareIdentity(resolve: () => Promise<Credentials>, clock: Clock): SharedIdentity {
  let current: Credentials | undefined;
  let pending: Promise<Credentials> | undefined;
  let notBefore = 0;

  const left = (): number => (current?.expiration?.getTime() ?? Number.POSITIVE_INFINITY) - clock.now();

  async function renewed(): Promise<Credentials> {
    pending ??= resolve().finally(() => {
      pending = undefined;
    });
    try {
      current = await pending;
      return current;
    } catch (error) {
      if (current === undefined || left() <= 0) throw error;
      notBefore = clock.now() + TRY_AGAIN_AFTER;
      return current;
    }
  }

  const provide = async (): Promise<Credentials> => {
    const isFresh = left() > RENEW_BEFORE || (left() > 0 && clock.now() < notBefore);
    return current !== undefined && isFresh ? current : renewed();
  };
  return Object.assign(provide, { memoized: true });
}
