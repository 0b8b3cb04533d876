import { type Consent, type ConsentKind, consentKinds, type FailOn } from '../model/desired.js';
import type { Tags } from '../model/observed.js';
import type { Complain } from './problems.js';
import { isJsonObject, readList } from './words.js';

/** Parses one word out of a closed set. */
export function parseChoice<const T extends string>(choices: readonly T[]) {
  return (text: string, complain: Complain): T | undefined => {
    const choice = choices.find((candidate) => candidate === text.toLowerCase());
    const expected = `one of ${choices.map((word) => `\`${word}\``).join(', ')}`;
    if (choice === undefined) complain({ value: text, expected, words: choices });
    return choice;
  };
}

/** Parses a duration such as `90s`, `10m`, `1h` into seconds, at most 6 hours (a job's longest run). */
export function parseDuration(text: string, complain: Complain): number | undefined {
  const match = /^(\d{1,5})(s|m|h)$/.exec(text);
  const unit = { s: 1, m: 60, h: 3600 }[match?.[2] ?? 's'] ?? 1;
  const seconds = Number(match?.[1]) * unit;
  if (seconds >= 1 && seconds <= 6 * 3600) return seconds;
  complain({ value: text, expected: 'a duration from `1s` to `6h`' });
  return undefined;
}

/** Parses a list of 12-digit account ids. */
export function parseAccountIds(text: string, complain: Complain): string[] {
  return readList(text, complain).flatMap((item) => {
    const id = item.words.join(' ');
    if (/^\d{12}$/.test(id)) return [id];
    const lost = /^\d{6,11}$/.test(id)
      ? ' (YAML drops zeros at the front of a number that is not quoted)'
      : '';
    complain({ value: item.text, expected: `an AWS account id of 12 digits${lost}` });
    return [];
  });
}

const FAIL_ON = ['error', 'warning', 'unknown', 'drift', 'changes', 'skipped'] as const;

/** Parses `fail-on`; `none` alone is the empty list. */
export function parseFailOn(text: string, complain: Complain): FailOn[] {
  const items = readList(text, complain);
  if (items.length === 1 && items[0]?.text === 'none') return [];
  return items.flatMap((item) => {
    const word = FAIL_ON.find((known) => known === item.text);
    if (word !== undefined) return [word];
    const expected = `one of ${FAIL_ON.map((known) => `\`${known}\``).join(', ')}, or \`none\` alone`;
    complain({ value: item.text, expected, words: [...FAIL_ON, 'none'] });
    return [];
  });
}

const CONSENTS = Object.keys(consentKinds) as ConsentKind[];

/** Parses `allow`. */
export function parseAllow(text: string, complain: Complain): Consent[] {
  return readList(text, complain).flatMap((item) => {
    const [word = '', ...rest] = item.words.join(' ').split(':');
    const kind = CONSENTS.find((known) => known === word);
    const object = rest.join(':').trim() || undefined;
    const needs = kind && consentKinds[kind];
    const fits = (needs === undefined) === (object === undefined);
    // Only names of groups may hold spaces.
    if (kind !== undefined && fits && (needs === 'group' || !/\s/.test(object ?? ''))) {
      return [{ kind, object }];
    }
    const expected = kind
      ? `\`${kind}${needs ? `:<${needs}>` : ''}\``
      : 'a consent such as `private-dns-redirect:<service>`';
    complain({ value: item.text, expected, words: kind ? [] : CONSENTS, near: word });
    return [];
  });
}

/** Tag keys that the action or AWS writes itself. */
const RESERVED = /^(aws:|vpc-lambda-action:)|^managed-by$/i;

/** AWS allows 50 tags per resource; the others are for the action's own and for those who share an endpoint. */
const MAX_TAGS = 30;

/** Parses `tags`. AWS: keys up to 128 and values up to 256 characters. */
export function parseTags(text: string, complain: Complain): Tags {
  if (isJsonObject(text)) {
    complain({ value: text, expected: '`Key=Value`, one per line (a JSON object is not read)' });
    return {};
  }
  const tags = new Map<string, string>();
  for (const item of readList(text, complain)) {
    const whole = item.words.join(' ');
    const at = whole.indexOf('=');
    const key = whole.slice(0, Math.max(at, 0));
    const value = whole.slice(at + 1);
    if (at < 1 || key.length > 128 || value.length > 256) {
      complain({ value: item.text, expected: '`Key=Value` with at most 128 and 256 characters' });
    } else if (RESERVED.test(key)) {
      complain({ value: item.text, expected: `a free tag: the key ${key} is reserved` });
    } else if (tags.has(key)) {
      complain({ value: item.text, expected: `the only value of ${key}` });
    } else {
      tags.set(key, value);
    }
  }
  if (tags.size > MAX_TAGS)
    complain({ value: `${tags.size} tags`, expected: `a list of at most ${MAX_TAGS}` });
  return Object.fromEntries(tags);
}
