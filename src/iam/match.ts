import type { Patterns } from './document.js';

/** Yes, no, or not to be known from the documents. */
export type Answer = 'yes' | 'no' | 'unknown';

/** Both must hold. */
export function both(one: Answer, other: Answer): Answer {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'yes' && other === 'yes' ? 'yes' : 'unknown';
}

/** The best of several answers: one yes is enough. */
export function any(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

/** The opposite; what is unknown stays unknown. */
export function opposite(answer: Answer): Answer {
  if (answer === 'unknown') return answer;
  return answer === 'yes' ? 'no' : 'yes';
}

/**
 * Whether a pattern with `*` (any characters) and `?` (one character) matches the whole text. Runs in time
 * proportional to the lengths: policies come from outside, and regular expressions could be made to hang.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  let at = 0;
  let read = 0;
  let star = -1;
  let retry = 0;
  while (read < text.length) {
    if (pattern[at] === '*') {
      star = at;
      at += 1;
      retry = read;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[read])) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      at = star + 1;
      retry += 1;
      read = retry;
    } else return false;
  }
  return [...pattern.slice(at)].every((character) => character === '*');
}

/** Whether an action, for example `ssm:GetParameter`, is among the patterns. Case does not matter (IAM User Guide, "Action"). */
export function matchesAction(patterns: Patterns, action: string): boolean {
  const wanted = action.toLowerCase();
  const listed = patterns.values.some((pattern) => matchesPattern(pattern.toLowerCase(), wanted));
  return patterns.kind === 'only' ? listed : !listed;
}

/**
 * Whether the ARN of a resource is among the patterns. `*` as the resource is what requests carry whose action
 * knows no resources, so only a pattern that matches everything covers it. A policy variable such as
 * `${aws:username}` makes the answer unknown.
 */
export function matchesResource(patterns: Patterns | undefined, resource: string): Answer {
  if (patterns === undefined) return 'no';
  const listed = any(patterns.values.map((pattern) => matchesArn(pattern, resource)));
  return patterns.kind === 'only' ? listed : opposite(listed);
}

function matchesArn(pattern: string, resource: string): Answer {
  const whole = completed(pattern);
  if (!whole.includes('$' + '{')) return matchesPattern(whole, resource) ? 'yes' : 'no';
  // A variable stands for some text: when no text at all could make it match, the answer is known.
  return matchesPattern(whole.replace(/\$\{[^}]*\}/g, '*'), resource) ? 'unknown' : 'no';
}

/** IAM adds `*` for the fields that an ARN leaves out: `arn:aws:sqs` is `arn:aws:sqs:*:*:*` (IAM User Guide, "Resource"). */
function completed(pattern: string): string {
  const fields = pattern.split(':');
  if (fields[0] !== 'arn' || fields.length >= 6) return pattern;
  return [...fields, ...Array.from({ length: 6 - fields.length }, () => '*')].join(':');
}
