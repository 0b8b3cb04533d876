import type { BlockCode, UnknownCode } from '../../../src/network/codes.js';
import type { Component, Note } from '../../../src/network/verdict.js';
import { type Address, ascending, cidrOf, interestingAddresses } from './address.js';
import { carry, carryReply, type Journey, type Scene } from './carry.js';
import type { Finding, Mark } from './opinion.js';
import { everyCidr, interestingPorts } from './world.js';

/** A mark with the ends of the packet that met it. */
interface Incident {
  readonly mark: Mark;
  readonly source: Address;
  readonly destination: Address;
}

/**
 * Carries every packet of a line that matters, each by itself, and its reply to every port that matters.
 * The function's subnet must have a CIDR of the family.
 */
export function judgeLine(scene: Scene): Finding {
  const all = everyCidr(scene.network);
  const incidents: Incident[] = [];
  const journeys: Journey[] = [];
  for (const destination of destinations(scene, all)) {
    const from = destination.family === 'ipv4' ? scene.subnet.cidr : scene.subnet.ipv6Cidr;
    for (const source of interestingAddresses(cidrOf(from ?? ''), all)) {
      const { protocol, port } = scene.aim;
      const journey = carry(scene, { source, destination, protocol, destinationPort: port });
      journeys.push(journey);
      const marks = [...journey.marks, ...replyMarks(scene, journey)];
      incidents.push(...marks.map((mark) => ({ mark, source, destination })));
    }
  }
  return conclude(incidents, journeys);
}

/** What the replies to a packet meet, to every source port that matters; none where the packet does not arrive. */
function replyMarks({ network, laws }: Scene, journey: Journey): Mark[] {
  if (!laws.carriesReplies || journey.marks.at(-1)?.certain === true) return [];
  return interestingPorts(network).flatMap((port) => carryReply(journey, port));
}

/** The destination addresses that matter, in ascending order. */
function destinations(scene: Scene, all: Parameters<typeof interestingAddresses>[1]): Address[] {
  const ranges = scene.aim.ranges.map(cidrOf);
  const byValue = new Map<bigint, Address>();
  for (const range of ranges) {
    for (const address of interestingAddresses(range, [...all, ...ranges]))
      byValue.set(address.value, address);
  }
  return [...byValue.values()].sort((a, b) => ascending(a.value, b.value));
}

/** One certain stop blocks the line; else one doubt leaves it unknown. */
function conclude(incidents: readonly Incident[], journeys: readonly Journey[]): Finding {
  const stop = named(incidents.filter(({ mark }) => mark.certain));
  if (stop !== undefined) {
    const { code, component, rule, stage } = stop;
    return {
      status: 'blocked',
      code: code as BlockCode,
      component,
      rule,
      leg: stage < 12 ? 'request' : 'reply',
    };
  }
  const doubt = named(incidents);
  if (doubt !== undefined) {
    return { status: 'unknown', code: doubt.code as UnknownCode, component: doubt.component };
  }
  return { status: 'reachable', path: journeys[0]?.path ?? [], notes: union(journeys) };
}

/** Which of several marks a line names: incidents come by destination, then source address. */
function named(incidents: readonly Incident[]): Mark | undefined {
  const stage = Math.min(...incidents.map(({ mark }) => mark.stage));
  const early = incidents.filter(({ mark }) => mark.stage === stage).map(({ mark }) => mark);
  const lowest = early[0];
  if (lowest === undefined) return undefined;
  const same = early.filter(({ component }) => alike(component, lowest.component));
  if (lowest.code !== 'SUBNET_ACL_RESTRICTION') return same[0];
  return same.reduce((best, mark) => (numberOf(mark) < numberOf(best) ? mark : best));
}

function alike(a: Component, b: Component): boolean {
  return a.kind === b.kind && a.id === b.id;
}

function numberOf(mark: Mark): number {
  return mark.rule === '*' ? Number.POSITIVE_INFINITY : Number(mark.rule);
}

/** The notes of all packets, each once. */
function union(journeys: readonly Journey[]): Note[] {
  const byText = new Map<string, Note>();
  for (const { notes } of journeys) {
    for (const note of notes) byText.set(JSON.stringify(note), note);
  }
  return [...byText.values()];
}
