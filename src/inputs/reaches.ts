import type { ReachWish } from '../model/desired.js';
import { parsePeer } from './egress.js';
import type { Complain } from './problems.js';
import { type Item, readList } from './words.js';

/** A service's word, or its full name with dots. */
const SERVICE = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const INTERNET = { kind: 'internet', value: 'internet' } as const;

function parseTarget(word: string): ReachWish['to'] | undefined {
  if (word === 'internet') return INTERNET;
  const peer = parsePeer(word);
  if (peer?.kind === 'cidr' && peer.value === '0.0.0.0/0') return INTERNET;
  if (peer?.kind === 'group' || peer?.kind === 'cidr') return { kind: peer.kind, value: peer.value };
  const misplaced = /^(sg|pl|subnet|vpc|eni)-/.test(word) || /^\d+$/.test(word) || /^[\d.]+$/.test(word);
  return SERVICE.test(word) && !misplaced ? { kind: 'service', value: word } : undefined;
}

function parseLine({ words, text }: Item): ReachWish | undefined {
  const [first = '', second = '', third = ''] = words;
  const protocol = first === 'tcp' || first === 'udp' ? first : undefined;
  if (words.length === 1 && protocol === undefined) {
    const to = parseTarget(first);
    const alone = to?.kind === 'service' || to?.kind === 'internet';
    return alone ? { protocol: 'tcp', port: 443, to, text } : undefined;
  }
  const port = /^\d{1,5}$/.test(second) ? Number(second) : 0;
  const to = words.length === 3 ? parseTarget(third) : undefined;
  if (protocol === undefined || port < 1 || port > 65_535 || to === undefined) return undefined;
  return { protocol, port, to, text };
}

/** Parses `reaches`; what is written twice counts once. */
export function parseReaches(text: string, complain: Complain): ReachWish[] {
  const lines = readList(text, complain).flatMap((item) => {
    const line = parseLine(item);
    if (line) return [line];
    const expected =
      'a service such as `ssm`, or `tcp|udp <port> <peer>` with one port, where a peer is a group, an address, a CIDR, a service or `internet`';
    complain({ value: item.text, expected });
    return [];
  });
  return [...new Map(lines.map((line) => [`${line.protocol} ${line.port} ${line.to.value}`, line])).values()];
}
