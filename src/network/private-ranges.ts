import { containsCidr } from './cidr.js';
import { intersect, parseRange, type Range } from './range.js';

/** Ranges that the internet does not route (RFC 1918, RFC 6598, RFC 3927, RFC 4193). */
const PRIVATE_CIDRS = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
];
const PRIVATE = PRIVATE_CIDRS.flatMap((cidr) => parseRange(cidr) ?? []);

/** Whether all of a CIDR is private. */
export const isPrivate = (cidr: string): boolean => PRIVATE_CIDRS.some((range) => containsCidr(range, cidr));

/** Whether some address of a range is private. */
export const holdsPrivate = (range: Range): boolean =>
  PRIVATE.some((one) => intersect(one, range) !== undefined);
