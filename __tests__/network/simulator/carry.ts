import type { FunctionPlace, Network, SubnetNetwork } from '../../../src/network/network.js';
import type { Component, Note } from '../../../src/network/verdict.js';
import { admittingGroup, arriving, leaving, throughAcl, throughGroups } from './filters.js';
import type { Laws } from './laws.js';
import { type Mark, stopped, unsure } from './opinion.js';
import type { Aim, Packet, Standing } from './packet.js';
import { lookUp, targetComponent } from './routes.js';
import { type Arrival, type Gate, throughTarget } from './target.js';
import { standingAt, subnetAt } from './world.js';

/** What packets are carried through. */
export interface Scene {
  readonly network: Network;
  readonly laws: Laws;
  readonly place: FunctionPlace;
  /** The function's. */
  readonly subnet: SubnetNetwork;
  readonly aim: Aim;
}

/** The way of one packet, up to the first certain stop. */
export interface Journey {
  /** What did not simply let the packet pass; the last one may be certain. */
  readonly marks: Mark[];
  readonly path: Component[];
  readonly notes: Note[];
  /** The steps of the reply, filled as the packet goes on. */
  reply: ReplyStep[];
}

/** One stage of a reply to a source port; undefined where it passes. */
export type ReplyStep = (port: number) => Mark | undefined;

/** Writes a mark down; true where the packet goes on. */
function goesOn(journey: Journey, mark: Mark | undefined): boolean {
  if (mark !== undefined) journey.marks.push(mark);
  return mark?.certain !== true;
}

/** Carries one packet from the function to where sight ends. */
export function carry(scene: Scene, packet: Packet): Journey {
  const { network, subnet, aim, place } = scene;
  const journey: Journey = { marks: [], path: [{ kind: 'function', id: 'lambda' }], notes: [], reply: [] };
  const standing = aim.target ?? standingAt(network, packet.destination);
  const out = leaving(network, place.groupIds, packet, standing, aim.kind === 'address');
  if (!goesOn(journey, throughGroups(network, 3, out))) return journey;
  journey.path.push({ kind: 'security-group', id: admittingGroup(network, out) ?? '' });
  if (subnetAt(network, packet.destination)?.id === subnet.id) {
    arrive(scene, packet, standing, journey);
    return journey;
  }
  if (!crossAcl(scene, journey, 4, subnet, true, packet)) return journey;
  leaveFunctionSubnet(scene, packet, standing, journey);
  return journey;
}

/** Carries a packet through an ACL; true where it goes on. */
function crossAcl(
  { network, laws }: Scene,
  journey: Journey,
  stage: number,
  subnet: SubnetNetwork,
  egress: boolean,
  packet: Packet,
): boolean {
  journey.path.push({ kind: 'network-acl', id: subnet.aclId });
  return goesOn(journey, throughAcl(network, laws, stage, subnet, egress, packet));
}

/** Stages 5 and 6, and what follows. */
function leaveFunctionSubnet(
  scene: Scene,
  packet: Packet,
  standing: Standing | undefined,
  journey: Journey,
): void {
  const { network, laws, subnet, aim } = scene;
  const back = replyThroughAcl(scene, 15, subnet, false, packet);
  const lookup = lookUp(network, laws, 5, subnet, packet.destination, aim.kind === 'internet');
  if (lookup.mark !== undefined) {
    goesOn(journey, lookup.mark);
    journey.reply = [back];
    return;
  }
  journey.path.push({ kind: 'route-table', id: lookup.table.id });
  const arrival = throughTarget(network, 6, lookup.route, packet, gateOf(network, subnet));
  if (arrival.kind === 'delivered') {
    deliver(scene, packet, standing, journey, arrival.subnet);
  } else if (arrival.kind === 'nat') {
    throughNat(scene, packet, journey, arrival);
  } else {
    endOfSight(journey, arrival);
    journey.reply = [back];
  }
}

/** Writes down what a target did that is not in this VPC. */
function endOfSight(journey: Journey, arrival: Extract<Arrival, { kind: 'gone' | 'marked' }>): void {
  if (arrival.kind === 'marked') {
    goesOn(journey, arrival.mark);
    return;
  }
  journey.path.push(arrival.component);
  journey.notes.push(...arrival.notes);
}

/** Stages 7 and 8 at a destination in another subnet. */
function deliver(
  scene: Scene,
  packet: Packet,
  standing: Standing | undefined,
  journey: Journey,
  far: SubnetNetwork,
): void {
  if (!crossAcl(scene, journey, 7, far, false, packet)) return;
  if (!arrive(scene, packet, standing, journey)) return;
  journey.reply = [
    replyThroughAcl(scene, 13, far, true, packet),
    replyThroughRoutes(scene, far, packet),
    replyThroughAcl(scene, 15, scene.subnet, false, packet),
  ];
}

/** Stage 8 at an interface; true where the packet goes on. */
function arrive(scene: Scene, packet: Packet, standing: Standing | undefined, journey: Journey): boolean {
  const { network, place } = scene;
  if (standing === undefined) {
    const id = subnetAt(network, packet.destination)?.id ?? '';
    return goesOn(journey, unsure(8, 'UNKNOWN_DESTINATION', { kind: 'subnet', id }));
  }
  if (standing.groupIds.length > 0) {
    const check = arriving(standing, packet, place.groupIds);
    if (!goesOn(journey, throughGroups(network, 8, check))) return false;
    journey.path.push({ kind: 'security-group', id: admittingGroup(network, check) ?? '' });
  }
  journey.path.push(standing.shownAs);
  return true;
}

/** Stages 7 to 11 at a NAT gateway. */
function throughNat(
  scene: Scene,
  packet: Packet,
  journey: Journey,
  { nat, subnet: natSubnet }: Extract<Arrival, { kind: 'nat' }>,
): void {
  const { network, laws, subnet, aim } = scene;
  const apart = natSubnet.id !== subnet.id;
  if (apart && !crossAcl(scene, journey, 7, natSubnet, false, packet)) return;
  const component = { kind: 'nat-gateway', id: nat.id } as const;
  if (nat.state !== 'available') {
    goesOn(journey, stopped(8, 'BAD_STATE', component));
    return;
  }
  journey.path.push(component);
  if (!crossAcl(scene, journey, 9, natSubnet, true, packet)) return;
  const lookup = lookUp(network, laws, 10, natSubnet, packet.destination, aim.kind === 'internet');
  if (lookup.mark !== undefined) {
    if (!goesOn(journey, lookup.mark)) return;
  } else {
    journey.path.push({ kind: 'route-table', id: lookup.table.id });
    const mode = gateOf(network, natSubnet);
    const arrival = throughTarget(network, 11, lookup.route, packet, mode, { nat, table: lookup.table });
    if (arrival.kind === 'gone' || arrival.kind === 'marked') endOfSight(journey, arrival);
  }
  const there = replyThroughAcl(scene, 12, natSubnet, false, packet);
  const home = [
    replyThroughAcl(scene, 13, natSubnet, true, packet),
    replyThroughRoutes(scene, natSubnet, packet),
    replyThroughAcl(scene, 15, subnet, false, packet),
  ];
  journey.reply = apart ? [there, ...home] : [there];
}

/** The mode of Block Public Access of a subnet. */
function gateOf(network: Network, subnet: SubnetNetwork): Gate {
  return { mode: subnet.blockPublicAccess ?? network.vpc.blockPublicAccess, subnetId: subnet.id };
}

/** The reply to a packet meets an ACL. */
function replyThroughAcl(
  { network, laws }: Scene,
  stage: number,
  subnet: SubnetNetwork,
  egress: boolean,
  packet: Packet,
): ReplyStep {
  return (port) => {
    const reply = {
      ...packet,
      source: packet.destination,
      destination: packet.source,
      destinationPort: port,
    };
    return throughAcl(network, laws, stage, subnet, egress, reply);
  };
}

/** Stage 14: the reply leaves the far subnet and must find the local route. */
function replyThroughRoutes({ network, laws, aim }: Scene, far: SubnetNetwork, packet: Packet): ReplyStep {
  const lookup = lookUp(network, laws, 14, far, packet.source, aim.kind === 'internet');
  return () => {
    if (lookup.mark !== undefined) return lookup.mark;
    if (lookup.route.target.kind === 'local') return undefined;
    return unsure(14, 'LEAVES_SIGHT', targetComponent(lookup.route));
  };
}

/** Every mark of the reply to one port, up to the first certain one. */
export function carryReply(journey: Journey, port: number): Mark[] {
  const marks: Mark[] = [];
  for (const step of journey.reply) {
    const mark = step(port);
    if (mark !== undefined) marks.push(mark);
    if (mark?.certain === true) break;
  }
  return marks;
}
