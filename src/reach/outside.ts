import type { ReachWish } from '../model/desired.js';
import type { EndpointService, SecurityGroup, VpcEndpoint } from '../model/observed.js';
import type { ReachRow, ReachStatus, ReachVerdict } from '../model/reach.js';
import { type Reading, readOf } from '../model/reading.js';
import { holdsPrivate } from '../network/private-ranges.js';
import { parseRange } from '../network/range.js';
import { unknownService } from './known-service.js';
import { serviceWord } from './service-names.js';

/** What tells whether there is what is asked for. */
export interface OutsideFacts {
  readonly region: string;
  readonly endpoints: readonly VpcEndpoint[];
  /** Undefined where no service is asked for. */
  readonly services: Reading<readonly EndpointService[]> | undefined;
  /** Of those that are asked for; undefined where none is. */
  readonly groups: Reading<readonly SecurityGroup[]> | undefined;
}

/** How far a function gets that is in no VPC, why, and what to do where it is not reached. */
interface Answer {
  readonly status: ReachStatus;
  readonly because: string;
  readonly remedy: string;
}

const CHOOSE = 'Add `subnets` of the VPC that it is in, or that leads there.';

const REACHED: Answer = {
  status: 'reachable',
  because: 'The function is in no VPC and reaches every public address.',
  remedy: '',
};
const PRIVATE: Answer = {
  status: 'blocked',
  because: 'The function is in no VPC and reaches nothing private.',
  remedy: CHOOSE,
};
const IPV6: Answer = {
  status: 'unknown',
  because: 'The function is in no VPC, and whether it has IPv6 there is not documented.',
  remedy: CHOOSE,
};

function toService(value: string, { region, endpoints, services }: OutsideFacts): Answer {
  if (services?.ok === false) {
    const { message, remedy } = services.problem;
    return { status: 'unknown', because: `Whether AWS has such a service is not known. ${message}`, remedy };
  }
  const word = serviceWord(value, region);
  const unknown = unknownService(word, { region, endpoints, services: readOf(services) });
  if (unknown) return { status: 'unknown', because: unknown.why, remedy: unknown.remedy };
  // Services of others lie in their VPCs (PrivateLink guide, "Share your services").
  return word.startsWith('vpce-svc-') ? PRIVATE : REACHED;
}

function toGroup({ to, text }: ReachWish, { region, groups }: OutsideFacts): Answer {
  const isElsewhere = to.value.includes('/');
  const isThere = readOf(groups)?.some(({ id }) => id === to.value) ?? true;
  if (isElsewhere || isThere) return PRIVATE;
  return {
    ...PRIVATE,
    because: `Security group ${to.value} does not exist in ${region}.`,
    remedy: `Correct \`${text}\`: there is no such group.`,
  };
}

/** To what is public it gets (Lambda Developer Guide, "Internet access"). */
function answerTo(wish: ReachWish, facts: OutsideFacts): Answer {
  const { to } = wish;
  if (to.kind === 'group') return toGroup(wish, facts);
  if (to.kind === 'service') return toService(to.value, facts);
  if (to.kind === 'internet') return REACHED;
  const range = parseRange(to.value);
  if (range === undefined) return IPV6;
  if (holdsPrivate(range)) return PRIVATE;
  // AWS does not say whether such a function has IPv6.
  return range.family === 'ipv4' ? REACHED : IPV6;
}

const INTERNET: ReachWish = {
  protocol: 'tcp',
  port: 443,
  to: { kind: 'internet', value: 'internet' },
  text: 'tcp 443 internet',
};

/** A row, and what to do where the destination is not reached. */
export interface OutsideRow {
  readonly row: ReachRow;
  readonly remedy: string;
}

function rowOf(
  functionName: string,
  wish: ReachWish,
  askedBy: ReachRow['askedBy'],
  facts: OutsideFacts,
): OutsideRow {
  const { status, because, remedy } = answerTo(wish, facts);
  const verdict: ReachVerdict = { status, lines: [], because };
  const isInternet = wish.to.kind === 'internet';
  const isPublic = isInternet || wish.to.kind === 'service';
  const { text: destination } = wish;
  const row: ReachRow = {
    functionName,
    destination,
    askedBy,
    isInternet,
    isPublic,
    before: verdict,
    from: undefined,
    after: verdict,
  };
  return { row, remedy };
}

/** What a function that is in no VPC reaches of what is asked for, and the internet. */
export function outsideRows(
  functionName: string,
  wishes: readonly ReachWish[],
  facts: OutsideFacts,
): OutsideRow[] {
  const asked = wishes.map((wish) => rowOf(functionName, wish, 'reaches', facts));
  const isAsked = asked.some(({ row }) => row.isInternet);
  return isAsked ? asked : [...asked, rowOf(functionName, INTERNET, 'none', facts)];
}
