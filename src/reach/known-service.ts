import type { EndpointService, VpcEndpoint } from '../model/observed.js';
import { serviceWord } from './service-names.js';

/** What tells which services there are in a region. */
export interface ServiceFacts {
  readonly region: string;
  /** Undefined where the catalogue was not read. */
  readonly services: readonly EndpointService[] | undefined;
  readonly endpoints: readonly VpcEndpoint[];
}

/** Why nobody can tell, as a sentence, and what to do. */
export interface OutOfSight {
  readonly why: string;
  readonly remedy: string;
}

/** A word that AWS has no endpoints of, and so no DNS name that is known; undefined for any other, and unread. */
export function unknownService(
  word: string,
  { region, services, endpoints }: ServiceFacts,
): OutOfSight | undefined {
  if (services === undefined) return undefined;
  const listed = [...services.map(({ name }) => name), ...endpoints.map(({ serviceName }) => serviceName)];
  if (listed.some((name) => serviceWord(name, region) === word)) return undefined;
  return {
    why: `AWS has no VPC endpoint service ${word} in ${region}, so that its DNS name is not known.`,
    remedy: 'Correct the name, or write `tcp 443 internet` for a service that has no endpoints.',
  };
}
