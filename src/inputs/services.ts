import type { ServiceWish } from '../model/desired.js';
import type { Complain } from './problems.js';
import { readList } from './words.js';

const TYPES = { interface: 'Interface', gateway: 'Gateway' } as const;
const SERVICE = /^([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(interface|gateway))?$/;

function expectedFor(word: string | undefined): string {
  return word === 'none'
    ? 'a service; write it alone, or leave it out'
    : 'a service name such as `logs`, `s3`, `s3:interface`, a full service name, or `auto`';
}

/** Parses `endpoints`; `none` alone is the empty list, the same service twice counts once, `auto` is kept as a wish. */
export function parseEndpoints(text: string, complain: Complain): ServiceWish[] {
  const items = readList(text, complain);
  if (items.length === 1 && items[0]?.text === 'none') return [];
  const wishes = new Map<string, ServiceWish>();
  for (const item of items) {
    const match = item.words.length === 1 ? SERVICE.exec(item.words[0] ?? '') : null;
    const typed = match?.[2] !== undefined;
    const isWord = match?.[1] === 'none' || (match?.[1] === 'auto' && typed);
    const service = isWord ? undefined : match?.[1];
    if (service === undefined) {
      complain({ value: item.text, expected: expectedFor(match?.[1]), words: ['auto', 'none'] });
      continue;
    }
    const type = match?.[2] === 'interface' || match?.[2] === 'gateway' ? TYPES[match[2]] : undefined;
    wishes.set(item.text, { service, type, text: item.text });
  }
  return [...wishes.values()];
}

/** Whether a line names a service; the word `auto` stands for those that are found to be needed. */
export function isService({ service }: ServiceWish): boolean {
  return service !== 'auto';
}
