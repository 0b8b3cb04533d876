import type { ObservedNetwork } from '../model/observed.js';
import type { Reading } from '../model/reading.js';
import type { Unknown } from '../network/verdict.js';
import { listed } from '../text/words.js';

/** What should have been read of what an unknown judgement depends on; undefined where that is no matter of reading. */
function readingOf({ component, code }: Unknown, observed: ObservedNetwork): Reading<unknown> | undefined {
  const { reach } = observed;
  switch (component.kind) {
    case 'network-acl':
      return observed.networkAcls;
    case 'nat-gateway':
      return reach?.natGateways;
    case 'prefix-list':
      return reach?.prefixLists.find(({ id }) => id === component.id)?.cidrs;
    case 'dns-server':
      return observed.dnsServers;
    case 'security-group':
    case 'subnet':
      return code === 'UNKNOWN_DESTINATION' || component.kind === 'security-group'
        ? observed.interfaces
        : undefined;
    default:
      return undefined;
  }
}

/** The routes of a table whose state is neither active nor blackhole, with its word: ` to 10.0.0.0/8 in state \`filtered\``. */
function oddRoutes(tableId: string, { routeTables }: ObservedNetwork): string {
  const routes = routeTables.find(({ id }) => id === tableId)?.routes ?? [];
  const odd = routes.filter(({ state }) => state !== 'active' && state !== 'blackhole');
  const texts = odd.map(({ destination, state }) => `to ${destination} in state \`${state}\``);
  return texts.length === 0 ? '' : ` ${listed(texts)}`;
}

/** The mode as AWS writes it. */
function accessMode(subnetId: string, { subnets }: ObservedNetwork): string {
  return `\`${subnets.find(({ id }) => id === subnetId)?.blockPublicAccess ?? ''}\``;
}

/** The next step where a judgement is unknown: the missing permission, or where a person has to look. */
export function unknownRemedy(unknown: Unknown, observed: ObservedNetwork): string {
  const reading = readingOf(unknown, observed);
  if (reading?.ok === false) return reading.problem.remedy;
  const { id } = unknown.component;
  switch (unknown.code) {
    case 'LEAVES_SIGHT':
      return `Check that the network behind ${id} leads there, and that replies come back.`;
    case 'ROUTE_STATE':
      return `Check the routes of ${id}${oddRoutes(id, observed)}: AWS does not say what that means.`;
    case 'PUBLIC_ACCESS_MODE':
      return `Check what mode ${accessMode(id, observed)} of VPC Block Public Access stops in ${id}; this action does not know it.`;
    case 'CUSTOM_DNS':
      return `Check what DNS server ${id} answers for the name.`;
    case 'AMBIGUOUS_ROUTE':
      return `Remove one of the two routes of ${id}.`;
    case 'IPV6_INTERNET_GATEWAY':
      return `Use an egress-only internet gateway in place of ${id}.`;
    case 'UNKNOWN_DESTINATION':
      return `Check that something answers at the address; no network interface of ${id} has it.`;
    case 'UNKNOWN_RESOURCE':
      return `Check ${id} by hand; this run found no description of it.`;
  }
}
