import type { EndpointHours } from '../model/plan.js';

/** Hours that AWS's price pages count for a month. */
export const HOURS_PER_MONTH = 730;

/** An endpoint and the zones it has a network interface in, today and after the change. */
export interface EndpointZones {
  readonly type: 'Interface' | 'Gateway';
  /** Zones that have one today; 0 for an endpoint that does not exist yet. */
  readonly present: number;
  /** Zones that the change adds. */
  readonly added: number;
}

/**
 * Counts endpoint-hours a month. Interface endpoints are billed for each zone, whatever their state; gateway endpoints
 * are free (AWS PrivateLink pricing; AWS PrivateLink guide, "Gateway endpoints"; domain.md row 91).
 */
export function endpointHours(endpoints: readonly EndpointZones[]): EndpointHours {
  const billed = endpoints.filter(({ type }) => type === 'Interface');
  const addedZones = billed.reduce((sum, { added }) => sum + added, 0);
  const presentZones = billed.reduce((sum, { present }) => sum + present, 0);
  return {
    addedZones,
    presentZones,
    addedHours: addedZones * HOURS_PER_MONTH,
    presentHours: presentZones * HOURS_PER_MONTH,
  };
}
