/** What is read of an ID token: names and numbers, no secrets. Undefined where it carries none. */
export interface Claims {
  /** Whom the token is about, for example `repo:owner/name:pull_request`. */
  readonly subject: string | undefined;
  readonly audience: string | undefined;
  /** Who made the token: on GitHub Enterprise Server a URL of that server. */
  readonly issuer: string | undefined;
  readonly repositoryId: string | undefined;
  readonly ownerId: string | undefined;
  /** Seconds since 1970, by the issuer's clock. */
  readonly issuedAt: number | undefined;
}

function payloadOf(token: string): Record<string, unknown> {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return { ...Object(JSON.parse(text)) };
  } catch {
    return {};
  }
}

/**
 * Reads the claims of a JSON web token without checking it, which is for AWS to do
 * (GitHub documentation, "OpenID Connect reference"). Never throws.
 */
export function readClaims(token: string): Claims {
  const payload = payloadOf(token);
  const text = (name: string): string | undefined => {
    const value = payload[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const { iat } = payload;
  return {
    subject: text('sub'),
    audience: text('aud'),
    issuer: text('iss'),
    repositoryId: text('repository_id'),
    ownerId: text('repository_owner_id'),
    issuedAt: typeof iat === 'number' ? iat : undefined,
  };
}

/** Both forms of a subject; `withIds` is undefined where the ids are unknown. */
export interface SubjectForms {
  readonly withIds: string | undefined;
  readonly withoutIds: string;
}

/**
 * The forms that GitHub's default subject has: with ids in repositories that were made, renamed or transferred
 * after 15 July 2026 or have opted in, without them in all others (GitHub documentation, "OpenID Connect
 * reference", immutable subject claims; domain.md §2.3). Undefined for a subject that an organization customized.
 */
export function subjectForms({ subject = '', ownerId, repositoryId }: Claims): SubjectForms | undefined {
  const parts = /^repo:([^/@:]+)(?:@(\d+))?\/([^/@:]+)(?:@(\d+))?:(.+)$/s.exec(subject);
  if (parts === null) return undefined;
  const [, owner = '', ownOwnerId = ownerId, name = '', ownId = repositoryId, rest = ''] = parts;
  const known = ownOwnerId !== undefined && ownId !== undefined;
  return {
    withoutIds: `repo:${owner}/${name}:${rest}`,
    withIds: known ? `repo:${owner}@${ownOwnerId}/${name}@${ownId}:${rest}` : undefined,
  };
}
