import type { ReachWish } from '../model/desired.js';
import type { ReachRow, ReachStatus, ReachVerdict } from '../model/reach.js';
import { containsCidr } from '../network/cidr.js';
import { intersect, parseRange } from '../network/range.js';

/** Ranges that the internet does not route (RFC 1918, RFC 6598, RFC 3927, RFC 4193). */
const PRIVATE_CIDRS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
];
const PRIVATE = PRIVATE_CIDRS.flatMap((cidr) => parseRange(cidr) ?? []);

/** Whether all of a CIDR is private. */
export const isPrivate = (cidr: string): boolean => PRIVATE_CIDRS.some((range) => containsCidr(range, cidr));

/** How far a function gets that is in no VPC: to what is public (Lambda Developer Guide, "Internet access"). */
function statusOf({ to }: ReachWish): ReachStatus {
  if (to.kind === 'group') return 'blocked';
  if (to.kind !== 'cidr') return 'reachable';
  const range = parseRange(to.value);
  if (range === undefined) return 'unknown';
  if (PRIVATE.some((one) => intersect(one, range) !== undefined)) return 'blocked';
  // AWS does not say whether such a function has IPv6.
  return range.family === 'ipv4' ? 'reachable' : 'unknown';
}

const BECAUSE: Readonly<Record<ReachStatus, string>> = {
  reachable: 'The function is in no VPC and reaches every public address.',
  blocked: 'The function is in no VPC and reaches nothing private.',
  unknown: 'The function is in no VPC, and whether it has IPv6 there is not documented.',
  partly: '',
};

function verdictOf(wish: ReachWish): ReachVerdict {
  const status = statusOf(wish);
  return { status, lines: [], because: BECAUSE[status] };
}

const INTERNET: ReachWish = {
  protocol: 'tcp',
  port: 443,
  to: { kind: 'internet', value: 'internet' },
  text: 'tcp 443 internet',
};

function rowOf(functionName: string, wish: ReachWish, askedBy: ReachRow['askedBy']): ReachRow {
  const verdict = verdictOf(wish);
  const isInternet = wish.to.kind === 'internet';
  const isPublic = isInternet || wish.to.kind === 'service';
  const { text: destination } = wish;
  return {
    functionName,
    destination,
    askedBy,
    isInternet,
    isPublic,
    before: verdict,
    from: undefined,
    after: verdict,
  };
}

/** What a function that is in no VPC reaches of what is asked for, and the internet. */
export function outsideRows(functionName: string, wishes: readonly ReachWish[]): ReachRow[] {
  const asked = wishes.map((wish) => rowOf(functionName, wish, 'reaches'));
  const isAsked = asked.some(({ isInternet }) => isInternet);
  return isAsked ? asked : [...asked, rowOf(functionName, INTERNET, 'none')];
}
