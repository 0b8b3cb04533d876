import type { ReachLine, ReachRow } from '../model/reach.js';
import { waysOf } from '../reach/line-texts.js';
import { stoppedLines } from '../reach/stopped-lines.js';
import { listed, sortedSet } from '../text/words.js';
import { pages } from './pages.js';
import type { Facts, FunctionRule, Verdict } from './rule.js';

/** Whether a destination is not reached from some subnet. */
const isStopped = ({ after }: ReachRow): boolean => stoppedLines(after).length > 0;

/** Whether the function reaches it today, from where it is. */
const isReachedToday = ({ before, from }: ReachRow): boolean =>
  from === undefined && (before.status === 'reachable' || before.status === 'partly');

/** Whether the plan takes away what the function has today. */
function isLost(row: ReachRow): boolean {
  const { before, after } = row;
  return isReachedToday(row) && isStopped(row) && before.status !== after.status;
}

const isAsked = ({ askedBy }: ReachRow): boolean => askedBy !== 'none';

/** Reasons, each once, with the subnets where they differ. */
function reasons(lines: readonly ReachLine[]): string {
  const texts = [...new Set(lines.map(({ text }) => text))];
  if (texts.length === 1) return texts[0] ?? '';
  const some = texts.slice(0, 3).map((text) => {
    const from = lines.filter((line) => line.text === text).map(({ subnetId }) => subnetId);
    return `${text} (from ${listed(from)})`;
  });
  return [
    ...some,
    ...(texts.length > some.length ? [`${texts.length - some.length} reasons more`] : []),
  ].join('; ');
}

/** A network ACL takes one for each subnet that a destination is in. */
const MOST_REMEDIES = 6;

/** How what is stopped is opened: the remedies of its reasons, each once. */
function remedies(lines: readonly ReachLine[]): string {
  return sortedSet(
    lines.flatMap(({ remedy, moreRemedies }) => [...(remedy === undefined ? [] : [remedy]), ...moreRemedies]),
  )
    .slice(0, MOST_REMEDIES)
    .join(' ');
}

const fromSubnets = (lines: readonly ReachLine[], all: readonly ReachLine[]): string =>
  `from ${lines.length} of ${all.length} subnet${all.length === 1 ? '' : 's'}`;

function stoppedVerdict(row: ReachRow, { changes }: Facts): Verdict {
  const lines = stoppedLines(row.after);
  const verb = changes.length === 0 ? 'does not reach' : 'would not reach';
  const today =
    row.from === 'no-vpc' && row.isPublic ? ' Today it is in no VPC and reaches every public address.' : '';
  return {
    subject: row.destination,
    message: `Function ${row.functionName} ${verb} ${row.destination} ${fromSubnets(lines, row.after.lines)}: ${reasons(lines)}.${today}`,
    remedy: remedies(lines),
  };
}

/** Whether nothing is there that could answer. */
const isNowhere = (stop: ReachLine['stop']): boolean => stop?.code === 'NO_SOURCE_OR_DESTINATION';

/** Whether all that stops a line of `egress` are groups of others, whose owners have to admit the function's group. */
function isRefusedByPeer({ askedBy, after }: ReachRow, { target }: Facts): boolean {
  const peers = (target.desired.egress ?? []).flatMap(({ peer }) =>
    peer.kind === 'group' ? [peer.value] : [],
  );
  const lines = after.lines.filter(({ stop }) => stop !== undefined);
  return (
    askedBy === 'egress' &&
    lines.every(({ stop }) => stop?.kind === 'security-group' && peers.includes(stop.id) && !isNowhere(stop))
  );
}

/** Whether another rule names the cause already, in words of the endpoint. */
function isToldElsewhere({ destination, after }: ReachRow, { target, uses }: Facts): boolean {
  const use = uses.find(({ service }) => service.word === destination);
  const stops = (start: string): boolean => after.lines.some(({ stop }) => stop?.code.startsWith(start));
  // Of several endpoints that do not answer the name, the engine blames one: it need not be the one that was wanted.
  const isUnanswered = after.lines.some(({ stop }) => stop?.kind === 'vpc-endpoint');
  if (use === undefined || use.how === 'in-the-way' || use.how === 'central') return use !== undefined;
  const { dns } = target.observed;
  const dnsIsOff = use.service.privateDns && !(dns.support && dns.hostnames);
  if (use.how === 'ours' && use.endpoint.state === 'pendingacceptance') return isUnanswered;
  // Without a zone that the service supports there is no subnet for its endpoint.
  return (
    (dnsIsOff && (isUnanswered || stops('DNS_'))) || (use.how === 'create' && stops('ENDPOINT_HAS_NO_SUBNET'))
  );
}

function consentsToLoss({ target }: Facts): boolean {
  const { name } = target.observed.lambda;
  return target.desired.allow.some(({ kind, object }) => kind === 'internet-loss' && object === name);
}

/** A loss of the internet is asked for as a consent, and told here once that is given. */
function judgeInternetLoss(facts: Facts): Verdict[] {
  if (!consentsToLoss(facts)) return [];
  return facts.reach
    .filter((row) => row.isInternet && isLost(row))
    .map((row) => ({ ...stoppedVerdict(row, facts), message: lossText(row) }));
}

function lossText(row: ReachRow): string {
  const today = waysOf(row.before.lines.filter(({ status }) => status === 'reachable'));
  return `Function ${row.functionName} loses ${row.destination}, which it reaches today ${listed(today)}: ${reasons(stoppedLines(row.after))}.`;
}

function judgeLost(facts: Facts): Verdict[] {
  return facts.reach
    .filter((row) => isAsked(row) && isLost(row) && !row.isInternet)
    .filter((row) => !isToldElsewhere(row, facts))
    .map((row) => ({ ...stoppedVerdict(row, facts), message: lossText(row) }));
}

function judgeBlocked(facts: Facts): Verdict[] {
  return facts.reach
    .filter((row) => isAsked(row) && isStopped(row) && !isLost(row))
    .filter((row) => !isToldElsewhere(row, facts) && !isRefusedByPeer(row, facts))
    .map((row) => {
      const verdict = stoppedVerdict(row, facts);
      // A rule may well be there before what it is for.
      const early = row.askedBy === 'egress' && row.after.lines.every(({ stop }) => isNowhere(stop));
      return early ? { ...verdict, severity: 'warning' as const } : verdict;
    });
}

/** The groups of others in this VPC that stop a line and could be opened with a consent. */
function askable({ after }: ReachRow, { target }: Facts): string[] {
  if (!target.groups.usesManaged) return [];
  const ids = after.lines.flatMap(({ stop }) => (stop?.kind === 'security-group' ? [stop.id] : []));
  return sortedSet(ids).filter((id) =>
    target.observed.groups.some((group) => group.id === id && group.vpcId === target.vpc.id),
  );
}

function judgePeers(facts: Facts): Verdict[] {
  return facts.reach
    .filter((row) => isAsked(row) && isStopped(row) && !isLost(row) && isRefusedByPeer(row, facts))
    .map((row) => {
      const { message, remedy } = stoppedVerdict(row, facts);
      const consents = askable(row, facts).map((id) => `\`peer-ingress:${id}\``);
      const asking =
        consents.length === 0 ? '' : ` Or add ${listed(consents)} to \`allow\`, so that this action does.`;
      return { subject: row.destination, message, remedy: `${remedy}${asking}` };
    });
}

/** Nobody asks for the internet, but whether it stays is worth knowing where it is there. */
function isOfInterest(row: ReachRow): boolean {
  return isAsked(row) || isReachedToday(row);
}

function judgeUnknown({ reach }: Facts): Verdict[] {
  return reach
    .filter((row) => row.after.status === 'unknown' && isOfInterest(row))
    .map(({ functionName, destination, after }) => {
      const lines = after.lines.filter(({ status }) => status === 'unknown');
      return {
        subject: destination,
        status: 'unknown' as const,
        message: `Whether function ${functionName} reaches ${destination} cannot be told: ${after.because ?? `${reasons(lines)}.`}`,
        remedy: remedies(lines),
      };
    });
}

function judgeFirstConnect({ target, uses, reach }: Facts): Verdict[] {
  const ways = reach.filter(({ isInternet, askedBy }) => isInternet && askedBy === 'none');
  const [internet] = ways;
  if (
    internet === undefined ||
    internet.from !== 'no-vpc' ||
    !ways.every((row) => isStopped(row) && row.after.status !== 'unknown')
  )
    return [];
  const { name } = target.observed.lambda;
  const served = uses.filter((use) => use.how !== 'in-the-way').map((use) => use.service.word);
  const { desired, groups } = target;
  const reached = [
    ...served,
    ...((desired.egress ?? []).length > 0 ? ['what `egress` lists'] : []),
    // The managed group lets out to nothing else.
    ...(groups.otherIds.length > 0 ? ['what its other security groups let out in the VPC'] : []),
  ];
  const only = reached.length === 0 ? 'nothing' : `only ${listed(reached)}`;
  // Where the network itself leads nowhere, a rule more would not help.
  const isClosed = ways.every(({ before }) => before.status === 'blocked');
  const causes = [
    ...(isClosed ? [reasons(internet.before.lines)] : []),
    reasons(stoppedLines(internet.after)),
  ];
  const cause = [...new Set(causes)].join('; beyond that it would be ');
  return [
    {
      subject: name,
      message: `There is no way to the internet: function ${name} will reach ${only}. It is ${cause}.`,
      remedy: isClosed
        ? 'Add what its code calls to `endpoints`, or choose subnets with a NAT gateway and add the line `tcp 443 0.0.0.0/0` to `egress`.'
        : 'Add what its code calls to `endpoints`, or the line `tcp 443 0.0.0.0/0` to `egress`.',
    },
  ];
}

/** Nothing is judged where what it takes was not due to be read, as on an apply that has nothing to do. */
const isJudged = ({ reach }: Facts): boolean => reach.length > 0;
const isInternetJudged = ({ reach }: Facts): boolean => reach.some(({ isInternet }) => isInternet);

/** Rules about what the functions reach: the judgements themselves are made from the network alone. */
export const reachRules: readonly FunctionRule[] = [
  {
    id: 'reach-lost',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.functionVpcInternet,
    due: isJudged,
    check: judgeLost,
  },
  {
    id: 'reach-blocked',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.reachability,
    due: isJudged,
    check: judgeBlocked,
  },
  {
    id: 'internet-lost',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.functionVpcInternet,
    due: isInternetJudged,
    check: judgeInternetLoss,
  },
  {
    id: 'peer-does-not-admit',
    about: 'function',
    severity: 'warning',
    subject: 'security group',
    page: pages.groupRules,
    due: isJudged,
    check: judgePeers,
  },
  {
    id: 'reach-unknown',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.reachability,
    due: isJudged,
    check: judgeUnknown,
  },
  {
    id: 'no-internet',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.functionVpcInternet,
    due: isInternetJudged,
    check: judgeFirstConnect,
  },
];
