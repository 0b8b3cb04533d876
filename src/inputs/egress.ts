import ipaddr from 'ipaddr.js';
import type { EgressLine } from '../model/desired.js';
import { hostCidr } from '../network/cidr.js';
import type { Complain } from './problems.js';
import { shownText } from './shown.js';
import { type Item, readList } from './words.js';

const PROTOCOLS = ['tcp', 'udp', 'all'] as const;
const GROUP_PEER = /^(\d{12}\/)?sg-[0-9a-f]{8,17}$/;
const PREFIX_LIST = /^pl-[0-9a-f]{8,17}$/;
const SERVICE = /^[a-z][a-z0-9-]*$/;

/** Canonical form of a CIDR (host bits cleared, IPv6 shortened), or undefined when it is none. */
function canonicalCidr(text: string): string | undefined {
  const six = text.includes(':') && !text.includes('%');
  // Stricter than isValidCIDR, which takes 10/8 for 0.0.0.10/8 and leading zeros for octal numbers.
  const valid = six ? ipaddr.IPv6.isValidCIDR(text) : ipaddr.IPv4.isValidCIDRFourPartDecimal(text);
  if (!valid) return undefined;
  const [, bits] = ipaddr.parseCIDR(text);
  const network = six ? ipaddr.IPv6.networkAddressFromCIDR(text) : ipaddr.IPv4.networkAddressFromCIDR(text);
  return `${network.toString()}/${bits}`;
}

/** Parses the other end of a rule; undefined where it is none. */
export function parsePeer(word: string): EgressLine['peer'] | undefined {
  if (GROUP_PEER.test(word)) return { kind: 'group', value: word };
  if (PREFIX_LIST.test(word)) return { kind: 'prefix-list', value: word };
  const cidr = canonicalCidr(word.includes('/') ? word : hostCidr(word));
  if (cidr !== undefined) return { kind: 'cidr', value: cidr };
  return SERVICE.test(word) && !/^(sg|pl|subnet|vpc)-/.test(word)
    ? { kind: 'service', value: word }
    : undefined;
}

/** Ports of a rule; `all` for the whole range, which AWS's answers are normalised to as well. */
function parsePorts(word: string): { from: number; to: number } | 'all' | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(word);
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (from === 0 && to === 65_535) return 'all';
  return from <= to && to <= 65_535 ? { from, to } : undefined;
}

function parseLine(item: Item): EgressLine | undefined {
  const [protocolWord, ...rest] = item.words;
  const protocol = PROTOCOLS.find((known) => known === protocolWord);
  const [first = '', second = ''] = rest;
  if (protocol === 'all') {
    const peer = rest.length === 1 ? parsePeer(first) : undefined;
    return peer && { protocol, ports: undefined, peer, text: item.text };
  }
  if (protocol === undefined || rest.length !== 2) return undefined;
  const ports = parsePorts(first);
  const peer = parsePeer(second);
  if (ports === undefined || peer === undefined) return undefined;
  return { protocol, ports: ports === 'all' ? undefined : ports, peer, text: item.text };
}

/** Which part of a line is wrong, in brackets. */
function wrongPart([protocol = '', ...rest]: readonly string[]): string {
  const [first = '', second = ''] = rest;
  if (!PROTOCOLS.some((known) => known === protocol)) return `\`${shownText(protocol)}\` is no protocol`;
  if (protocol === 'all') return rest.length === 1 ? noPeer(first) : '`all` takes one peer and no ports';
  if (rest.length !== 2) return `\`${protocol}\` takes ports and one peer`;
  const ports = 'is no port from 0 to 65535 and no range of them';
  return parsePorts(first) === undefined ? `\`${shownText(first)}\` ${ports}` : noPeer(second);
}

const noPeer = (word: string): string => `\`${shownText(word)}\` is no peer`;

/** Parses `egress`; the word `none` alone is the empty list. */
export function parseEgress(text: string, complain: Complain): EgressLine[] {
  const items = readList(text, complain);
  if (items.length === 1 && items[0]?.text === 'none') return [];
  return items.flatMap((item) => {
    const line = parseLine(item);
    if (line) return [line];
    const expected = `a rule \`tcp|udp <port or from-to> <peer>\` or \`all <peer>\` (${wrongPart(item.words)})`;
    const [near = ''] = item.words;
    const known = PROTOCOLS.some((protocol) => protocol === near);
    const words = item.words.length === 1 ? ['none'] : known ? [] : PROTOCOLS;
    complain({ value: item.text, expected, words, near });
    return [];
  });
}
