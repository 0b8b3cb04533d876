import type { BlockCode } from './codes.js';
import { type Answerer, answerer } from './dns.js';
import { blocked, stages } from './finding.js';
import { type Candidate, candidates, listOfName } from './names.js';
import type { InterfaceEndpoint } from './network.js';
import { speaksFamily } from './standing.js';
import { lineFrom, lineTo } from './standing-lines.js';
import { anywhere, cannotSend, publicRange, type Start, travel } from './travel.js';
import type { Change, Line, Note, Outcome, ServiceDestination } from './verdict.js';

/** The lines from one subnet to a service. */
export function serviceLines(start: Start, destination: ServiceDestination): readonly Line[] {
  const refusal = cannotSend(start, destination.family);
  if (refusal !== undefined) return [lineFrom(start, refusal.result)];
  const by = answerer(start);
  if (by.kind === 'nobody') return [lineFrom(start, by.stop)];
  const known = candidates(start.prepared, destination.name);
  const effective = known.flatMap(({ endpoint, unused }) => (unused === undefined ? [endpoint] : []));
  if (effective.length === 0) {
    const outcome = pastEndpoint(publicOutcome(start, destination), known[0]);
    return [lineFrom(start, outcome)].map((line) => doubted(line, by));
  }
  const lines = effective.flatMap((endpoint) => endpointLines(start, endpoint, destination));
  if (by.kind === 'amazon') return lines;
  const elsewhere = publicOutcome(start, destination).status;
  return lines
    .map((line) => (line.outcome.status === elsewhere ? line : { ...line, outcome: undecided(by) }))
    .map((line) => doubted(line, by));
}

type Custom = Extract<Answerer, { kind: 'custom' }>;

/** A custom server may answer with the endpoint's addresses or with public ones. */
function undecided({ server }: Custom): Outcome {
  return { status: 'unknown', code: 'CUSTOM_DNS', component: server };
}

/** A line whose name is answered by a server that may not be heard. */
function doubted(line: Line, by: Answerer): Line {
  if (by.kind !== 'custom' || by.doubt === undefined || line.outcome.status === 'blocked') return line;
  return { ...line, outcome: by.doubt };
}

/** The outcome for the public addresses of a name. */
function publicOutcome(start: Start, { name, family, protocol, port }: ServiceDestination): Outcome {
  const list = listOfName(start.prepared, name, family);
  const cidr = anywhere[family];
  const peer =
    list === undefined
      ? { kind: 'cidr' as const, value: cidr }
      : { kind: 'prefix-list' as const, value: list.id };
  const ranges = list?.ranges ?? ([publicRange(family)] as const);
  return travel(start, { protocol, port, aim: 'service', naming: { peer, cidr }, ranges, target: undefined })
    .outcome;
}

/** What an endpoint that the name does not lead to says about the public way. */
function pastEndpoint(outcome: Outcome, candidate: Candidate | undefined): Outcome {
  if (candidate?.unused === undefined || outcome.status === 'unknown') return outcome;
  const { endpoint, unused } = candidate;
  if (outcome.status === 'blocked') return endpointBlock(endpoint, unused.code, unused.change);
  const note: Note = { kind: 'endpoint-not-used', endpointId: endpoint.id, because: unused.code };
  return { ...outcome, notes: [...outcome.notes, note] };
}

function endpointBlock({ id }: InterfaceEndpoint, code: BlockCode, change: Change): Outcome {
  return blocked(stages.names, code, { kind: 'vpc-endpoint', id }, change).result;
}

/** The lines to the interfaces of an endpoint that the name leads to. */
function endpointLines(
  start: Start,
  endpoint: InterfaceEndpoint,
  destination: ServiceDestination,
): readonly Line[] {
  const { id } = endpoint;
  const { family } = destination;
  if (!speaksFamily(endpoint, family)) {
    const change = { kind: 'enable-endpoint-family' as const, endpointId: id, family };
    return [lineFrom(start, endpointBlock(endpoint, 'ENDPOINT_FAMILY_MISMATCH', change))];
  }
  const standings = start.prepared.endpointStandings.get(id) ?? [];
  if (standings.length === 0) {
    const change = { kind: 'add-endpoint-subnet' as const, endpointId: id };
    return [lineFrom(start, endpointBlock(endpoint, 'ENDPOINT_HAS_NO_SUBNET', change))];
  }
  const notes = endpointNotes(start, endpoint);
  return standings.map((standing) => {
    const line = lineTo(start, standing, destination);
    return line.outcome.status === 'reachable' ? { ...line, outcome: { ...line.outcome, notes } } : line;
  });
}

function endpointNotes({ prepared, subnet }: Start, endpoint: InterfaceEndpoint): readonly Note[] {
  const { zone } = subnet.subnet;
  const near = endpoint.interfaces.some((at) => prepared.subnets.get(at.subnetId)?.subnet.zone === zone);
  const notes: Note[] = [];
  if (endpoint.policy !== 'full') notes.push({ kind: 'endpoint-policy-not-judged', endpointId: endpoint.id });
  if (!near) notes.push({ kind: 'endpoint-in-other-zone', endpointId: endpoint.id, zone });
  return notes;
}
