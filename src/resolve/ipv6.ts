import type { Target } from './target.js';

/** Whether the function may send IPv6 when the run is over: as asked for, else as it is today. */
export function usesIpv6({ desired, observed }: Target): boolean {
  return desired.ipv6 ?? observed.lambda.network.ipv6;
}
