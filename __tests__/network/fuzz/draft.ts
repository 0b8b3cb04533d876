import type {
  AclEntry,
  FunctionPlace,
  GroupRule,
  Network,
  PortRange,
  Route,
  RouteTargetKind,
} from '../../../src/network/network.js';
import type { Destination, Family, Protocol } from '../../../src/network/verdict.js';
import type { Random } from './random.js';

type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Mutable<T[Key]> }
    : T;

/** A network in the making. */
export type DraftNetwork = Mutable<Network>;
/** A subnet in the making. */
export type DraftSubnet = DraftNetwork['subnets'][number];
/** A route table in the making. */
export type DraftTable = DraftNetwork['routeTables'][number];
/** A network ACL in the making. */
export type DraftAcl = DraftNetwork['acls'][number];
/** A security group in the making. */
export type DraftGroup = DraftNetwork['groups'][number];
/** An interface endpoint in the making. */
export type DraftEndpoint = Extract<DraftNetwork['endpoints'][number], { kind: 'interface' }>;

/** What is asked of a network, before it is one. */
export interface Aims {
  family: Family;
  protocol: Protocol;
  port: number;
}

/** A case in the making: a network, a function in it, and what it wants. */
export interface Draft {
  readonly random: Random;
  readonly network: DraftNetwork;
  readonly place: Mutable<FunctionPlace>;
  /** The subnets of the function. */
  readonly seats: DraftSubnet[];
  readonly aims: Aims;
  destination: Mutable<Destination>;
  /** CIDRs that play a part in this case, of its family. */
  readonly relevant: string[];
  /** What was done to the healthy network. */
  readonly injected: string[];
  /** What was put out of sight, so that a verdict may be unknown. */
  readonly hidden: string[];
}

/** The range that holds every address of a family. */
export const anywhere: Record<Family, string> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };

/** An active static route. */
export function routeTo(destination: string, kind: RouteTargetKind, id: string): Mutable<Route> {
  return { destination, target: { kind, id }, state: 'active', propagated: false };
}

/** An entry of an ACL that allows. */
export function allowEntry(
  number: number,
  egress: boolean,
  cidr: string,
  protocol = 'all',
  ports?: PortRange,
): Mutable<AclEntry> {
  return { number, egress, allow: true, protocol, ports, cidr };
}

/** A rule with a peer. */
export function ruleFor(
  kind: GroupRule['peer']['kind'],
  value: string,
  protocol = 'all',
  port?: number,
): Mutable<GroupRule> {
  return {
    protocol,
    ports: port === undefined ? undefined : { from: port, to: port },
    peer: { kind, value },
  };
}

/** The table that serves a subnet. */
export function tableFor({ network }: Draft, subnet: DraftSubnet): DraftTable {
  const table = network.routeTables.find((one) =>
    subnet.routeTableId === undefined ? one.main : one.id === subnet.routeTableId,
  );
  if (table === undefined) throw new Error(`${subnet.id} has no table`);
  return table;
}

/** A table that serves this subnet alone: its own, or a copy of the one that serves others too. */
export function ownTable(draft: Draft, subnet: DraftSubnet): DraftTable {
  const id = `rtb-${subnet.id}`;
  const known = draft.network.routeTables.find((one) => one.id === id);
  if (known !== undefined) return known;
  const copy = { ...structuredClone(tableFor(draft, subnet)), id, main: false };
  draft.network.routeTables.push(copy);
  subnet.routeTableId = id;
  return copy;
}

/** The ACL of a subnet. */
export function aclFor({ network }: Draft, subnet: DraftSubnet): DraftAcl {
  const acl = network.acls.find((one) => one.id === subnet.aclId);
  if (acl === undefined) throw new Error(`${subnet.id} has no ACL`);
  return acl;
}

/** An ACL of this subnet alone: its own, or a copy of the one that others have too. */
export function ownAcl(draft: Draft, subnet: DraftSubnet): DraftAcl {
  const id = `acl-${subnet.id}`;
  const known = draft.network.acls.find((one) => one.id === id);
  if (known !== undefined) return known;
  const copy = { ...structuredClone(aclFor(draft, subnet)), id };
  draft.network.acls.push(copy);
  subnet.aclId = id;
  return copy;
}

/** A security group of the network, made where there is none of that id. */
export function groupFor({ network }: Draft, id: string): DraftGroup {
  const known = network.groups.find((group) => group.id === id);
  if (known !== undefined) return known;
  const made: DraftGroup = { id, ingress: [], egress: [] };
  network.groups.push(made);
  return made;
}

/** An address of a subnet, counted from its first one. */
export function addressIn(subnet: DraftSubnet, family: Family, offset: number): string | undefined {
  if (family === 'ipv6') return subnet.ipv6Cidr?.replace(/::\/\d+$/, `::${(0x10 + offset).toString(16)}`);
  const octets = subnet.cidr?.split('/')[0]?.split('.').map(Number);
  if (octets === undefined) return undefined;
  const [a, b, c, d = 0] = octets;
  return [a, b, c, d + offset].join('.');
}

/** The subnet's CIDR of a family. */
export function cidrIn(subnet: DraftSubnet, family: Family): string | undefined {
  return family === 'ipv4' ? subnet.cidr : subnet.ipv6Cidr;
}
