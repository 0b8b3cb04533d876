import type { SharedTarget } from './target.js';

/** Whether one of the functions may send IPv6 when the run is over: as asked for, else as it is today. */
export function usesIpv6({ desired, lambdas }: SharedTarget): boolean {
  return desired.ipv6 ?? lambdas.some(({ network }) => network.ipv6);
}
