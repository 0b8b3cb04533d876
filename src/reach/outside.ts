import type { ReachWish } from '../model/desired.js';
import type { ReachRow, ReachStatus, ReachVerdict } from '../model/reach.js';
import { holdsPrivate } from '../network/private-ranges.js';
import { parseRange } from '../network/range.js';

/** How far a function gets that is in no VPC: to what is public (Lambda Developer Guide, "Internet access"). */
function statusOf({ to }: ReachWish): ReachStatus {
  if (to.kind === 'group') return 'blocked';
  if (to.kind !== 'cidr') return 'reachable';
  const range = parseRange(to.value);
  if (range === undefined) return 'unknown';
  if (holdsPrivate(range)) return 'blocked';
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
