import type { PreparedNetwork, PreparedSubnet, SubnetRange } from './prepared.js';
import { intersect, type Range, without } from './range.js';
import type { Standing } from './standing.js';

/** Addresses that lie in one place. */
export interface Located {
  readonly range: Range;
  /** Undefined outside the VPC's subnets. */
  readonly subnet: PreparedSubnet | undefined;
  /** Whether a CIDR of the VPC holds them. */
  readonly inVpc: boolean;
  /** The described interface that has the address; undefined where none is known. */
  readonly standing: Standing | undefined;
}

/** Cuts a range at the borders of subnets, of the VPC, and of described interfaces. */
export function locate(prepared: PreparedNetwork, range: Range): readonly Located[] {
  const found: Located[] = [];
  let left: readonly Range[] = [range];
  for (const { range: whole, subnet } of overlapping(prepared.subnetRanges[range.family], range)) {
    const common = intersect(whole, range);
    if (common === undefined) continue;
    found.push(...inSubnet(prepared, subnet, common));
    left = without(left, common);
  }
  return [...found, ...left.flatMap((part) => outsideSubnets(prepared, part))];
}

/** The subnets, which do not overlap each other, that may hold an address of the range. */
function overlapping(sorted: readonly SubnetRange[], range: Range): readonly SubnetRange[] {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle];
    if (at !== undefined && at.range.last < range.first) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((sorted[end]?.range.first ?? range.last + 1n) <= range.last) end += 1;
  return sorted.slice(low, end);
}

function inSubnet(prepared: PreparedNetwork, subnet: PreparedSubnet, range: Range): readonly Located[] {
  const found: Located[] = [];
  let left: readonly Range[] = [range];
  for (const standing of prepared.standingsIn.get(subnet.subnet.id) ?? []) {
    for (const address of standing.addresses) {
      const taken = left.flatMap((part) => intersect(part, address) ?? []);
      found.push(...taken.map((part) => ({ range: part, subnet, inVpc: true, standing })));
      left = without(left, address);
    }
  }
  return [...found, ...left.map((part) => ({ range: part, subnet, inVpc: true, standing: undefined }))];
}

function outsideSubnets(prepared: PreparedNetwork, range: Range): readonly Located[] {
  const found: Located[] = [];
  let left: readonly Range[] = [range];
  for (const vpc of prepared.vpcRanges) {
    const taken = left.flatMap((part) => intersect(part, vpc) ?? []);
    found.push(
      ...taken.map((part) => ({ range: part, subnet: undefined, inVpc: true, standing: undefined })),
    );
    left = without(left, vpc);
  }
  return [
    ...found,
    ...left.map((part) => ({ range: part, subnet: undefined, inVpc: false, standing: undefined })),
  ];
}
