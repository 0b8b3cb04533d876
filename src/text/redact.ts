/** Takes known secrets out of a text. */
export type Redact = (text: string) => string;

/** Shorter values are no secrets and would blot out ordinary words. */
const SHORTEST = 8;

/** Environment variables whose values must never leave the run. */
const SECRET_VARIABLES = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'INPUT_GITHUB-TOKEN',
];

/** The secrets a runner's environment holds. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): string[] {
  return SECRET_VARIABLES.map((name) => env[name] ?? '').filter((value) => value.length >= SHORTEST);
}

/**
 * Replaces every occurrence of the secrets by `***`. The runner masks its log only: files, outputs,
 * summaries and comments are masked by nobody else. Secrets that are added later are replaced from then on.
 */
export function makeRedact(secrets: readonly string[] | ReadonlySet<string>): Redact {
  return (text) => {
    const longestFirst = [...secrets].sort((one, other) => other.length - one.length);
    return longestFirst.reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text);
  };
}

/** Adds secrets that a run got to know, also as they are written in addresses and forms. */
export function learnSecrets(known: Set<string>, secrets: readonly string[]): void {
  for (const secret of secrets.filter(({ length }) => length >= SHORTEST)) {
    known.add(secret).add(encodeURIComponent(secret));
  }
}

/** A copy of plain data in which every string value is redacted; undefined members are left out. */
export function redactAll<T>(value: T, redact: Redact): T {
  return JSON.parse(
    JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? redact(inner) : inner)),
  );
}

/**
 * What credentials look like wherever they stand: ids of AWS access keys (IAM user guide, unique identifiers)
 * with a secret key's 40 characters, tokens of GitHub by their prefixes, JSON web tokens, and the password in
 * an address.
 */
const CREDENTIALS =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|(?<![\w/+=])(?=[\w/+]*[A-Z])(?=[\w/+]*[a-z])(?=[\w/+]*\d)[\w/+]{40}(?![\w/+=])|\bgh[a-z]_\w{20,}|\bgithub_pat_\w{20,}|\beyJ[\w-]{10,}\.[\w.-]+|(?<=:\/\/[^\s:/@]{0,200}:)[^\s@/]+(?=@)/g;

/** Replaces what looks like a credential by `***`: for texts in which a value was put in the wrong place. */
export function withoutCredentials(text: string): string {
  return text.replace(CREDENTIALS, '***');
}
