import type { Tags } from '../model/observed.js';
import type { SharedTarget, Target } from '../resolve/target.js';
import { LISTED_FROM, shortHash } from '../resolve/users.js';
import { isWorn } from '../resources/function.js';
import { WANTED } from '../resources/tags.js';
import { wasChanged } from './begun.js';

/** The parts of what is wanted that are recorded apart, so that one may change while another drifts. */
export type Aspect =
  | 'subnets'
  | 'groups'
  | 'endpoints'
  | 'zones'
  | 'tables'
  | 'access'
  | 'endpoint-policy'
  | 'egress'
  | 'ipv6'
  | 'policy'
  | 'peers';

type WantedRecord = Readonly<Partial<Record<Aspect, string>>>;

const hashed = (words: readonly string[] | undefined): string | undefined =>
  words && shortHash([...words].sort().join('\n'));

/** What this run wants, hashed by aspect; aspects left alone are left out. */
function wantedNow(target: SharedTarget): WantedRecord {
  const { desired } = target;
  const services = target.services.map(
    (service) => `${service.serviceName} ${service.type} ${service.privateDns}`,
  );
  const peers = desired.allow.flatMap(({ kind, object }) =>
    kind === 'peer-ingress' && object !== undefined ? [object] : [],
  );
  const entries: [Aspect, string | undefined][] = [
    ['subnets', desired.subnets && hashed(target.subnets.map((subnet) => subnet.id))],
    ['groups', desired.securityGroups && hashed(target.groups.otherIds)],
    ['endpoints', desired.endpoints && hashed(services)],
    ['zones', desired.endpoints && hashed(target.endpointSubnets.map((subnet) => subnet.id))],
    [
      'tables',
      target.services.some(({ type }) => type === 'Gateway')
        ? hashed(target.routeTables.map((table) => table.id))
        : undefined,
    ],
    [
      'access',
      desired.endpoints && hashed([desired.endpointAccess, ...target.vpc.cidrs, ...target.vpc.ipv6Cidrs]),
    ],
    ['endpoint-policy', desired.endpointPolicy === undefined ? undefined : hashed([desired.endpointPolicy])],
    [
      'egress',
      hashed(desired.egress?.map(({ protocol, ports, peer }) => JSON.stringify({ protocol, ports, peer }))),
    ],
    ['ipv6', desired.ipv6 === undefined ? undefined : hashed([String(desired.ipv6)])],
    ['peers', peers.length === 0 ? undefined : hashed(peers)],
    ['policy', hashed([desired.iamPolicy, ...(desired.hardenRole ? ['harden-role'] : [])])],
  ];
  return Object.fromEntries(entries.filter(([, hash]) => hash !== undefined));
}

function parseRecord(text: string): WantedRecord {
  return Object.fromEntries(text.split(' ').map((pair) => pair.split('=')));
}

/** What the last finished run wanted, from the tag on the managed group. */
function wantedBefore(target: SharedTarget): WantedRecord {
  return parseRecord(unmarked(target.groups.managed?.tags[WANTED] ?? ''));
}

/** The tag value to record: this run's aspects over what stood there. At most 188 of AWS's 256 characters. */
export function recordText(target: SharedTarget): string {
  const merged = { ...wantedBefore(target), ...wantedNow(target) };
  return Object.entries(merged)
    .filter(([aspect, hash]) => aspect !== '' && hash !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([aspect, hash]) => `${aspect}=${hash}`)
    .join(' ');
}

/** Stands behind a record while functions are moved whose states a later run would not read otherwise. */
const MOVING = ' moving=1';

/** Whether moves were begun and not all seen to end, by the tags of the managed group. */
export function areMovesOpen(tags: Tags | undefined): boolean {
  return tags?.[WANTED]?.endsWith(MOVING) === true;
}

/** Whether moves have to be marked while they last: a stopped run would leave no other trace of them. */
export function marksMoves({ desired }: SharedTarget): boolean {
  return desired.functions.length >= LISTED_FROM;
}

/** A record with the mark of moves that have begun. */
export function marked(text: string): string {
  return `${unmarked(text)}${MOVING}`;
}

/** A record without that mark. */
export function unmarked(text: string): string {
  return text.endsWith(MOVING) ? text.slice(0, -MOVING.length) : text;
}

/**
 * Whether a difference in these aspects is drift: a function wears our group, so a connect was once
 * completed, and the last finished run wanted exactly what this one wants.
 */
export function isDrift(target: SharedTarget, ...aspects: readonly Aspect[]): boolean {
  const { managed } = target.groups;
  return managed !== undefined && isWorn(managed.id, target.lambdas) && isAsRecorded(target, aspects);
}

/**
 * The same of what the move of one function sets: the function wears our group, or it was changed since it was to be
 * moved to it. Then somebody took it out.
 */
export function isMoveDrift(target: Target, ...aspects: readonly Aspect[]): boolean {
  const { managed } = target.groups;
  if (managed === undefined || !isAsRecorded(target, aspects)) return false;
  const { lambda } = target.observed;
  return isWorn(managed.id, [lambda]) || (!areMovesOpen(managed.tags) && wasChanged(lambda, managed.tags));
}

/** Whether the last finished run recorded that it wanted exactly what this one wants. */
function isAsRecorded(target: SharedTarget, aspects: readonly Aspect[]): boolean {
  if (target.groups.managed?.tags[WANTED] === undefined) return false;
  const before = wantedBefore(target);
  const now = wantedNow(target);
  return aspects.every((aspect) => now[aspect] === before[aspect]);
}
