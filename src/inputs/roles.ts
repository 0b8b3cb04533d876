import type { Complain } from './problems.js';

/** Parses the ARN of an IAM role, its path included (IAM user guide, "IAM identifiers"). */
export function parseRole(text: string, complain: Complain): string | undefined {
  if (/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/.test(text)) return text;
  complain({
    value: text,
    expected: 'the ARN of an IAM role such as `arn:aws:iam::123456789012:role/lambda-network`',
  });
  return undefined;
}

/** Parses `role-session-name` (STS API reference, AssumeRoleWithWebIdentity: 2 to 64 of these characters). */
export function parseSessionName(text: string, complain: Complain): string | undefined {
  if (/^[\w+=,.@-]{2,64}$/.test(text)) return text;
  complain({ value: text, expected: 'a name of 2 to 64 letters, digits and _+=,.@-' });
  return undefined;
}

/** Parses `role-duration-seconds`: STS takes 15 minutes to 12 hours. */
export function parseSessionDuration(text: string, complain: Complain): number | undefined {
  const seconds = /^\d{3,5}$/.test(text) ? Number(text) : 0;
  if (seconds >= 900 && seconds <= 43_200) return seconds;
  complain({ value: text, expected: 'a number of seconds from 900 to 43200' });
  return undefined;
}

/** Parses `audience`. */
export function parseAudience(text: string, complain: Complain): string | undefined {
  if (/^[\x21-\x7e]{1,255}$/.test(text)) return text;
  complain({ value: text, expected: 'an audience such as `sts.amazonaws.com`' });
  return undefined;
}
