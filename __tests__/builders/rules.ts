import type { GroupRule } from '../../src/model/observed.js';

/** A rule in words: `rule('tcp 443 10.0.0.0/16')`, `rule('all 0.0.0.0/0')`, `rule('tcp 5432-5433 sg-0a1b')`. */
export function rule(text: string, description = ''): GroupRule {
  const words = text.split(' ');
  const [protocol = ''] = words;
  const value = words[words.length - 1] ?? '';
  const [from, to = from] = words.length === 3 ? (words[1] ?? '').split('-') : [];
  return {
    protocol,
    ports: from === undefined ? undefined : { from: Number(from), to: Number(to) },
    peer: {
      kind: value.startsWith('sg-') ? 'group' : value.startsWith('pl-') ? 'prefix-list' : 'cidr',
      value,
    },
    description,
  };
}

/** A rule as this action writes it, with what it is for. */
export function ourRule(text: string, purpose: string): GroupRule {
  return rule(text, `vpc-lambda-action: ${purpose}`);
}
