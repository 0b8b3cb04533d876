import type { Route } from '../model/observed.js';
import { containsCidr } from '../network/cidr.js';
import { isPrivate } from '../network/private-ranges.js';
import { intersect, parseRange, type Range } from '../network/range.js';
import { isDefault, isElsewhere } from '../resources/route-table.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import { isMoved, type SharedFacts, type SharedRule, type Verdict } from './rule.js';

function judgeEncryption({ target, changes }: SharedFacts): Verdict[] {
  const { id, encryptionEnforced } = target.vpc;
  if (!encryptionEnforced || !isMoved(changes)) return [];
  return [
    {
      subject: id,
      message: `VPC ${id} enforces encryption in transit and does not exclude Lambda: Lambda refuses the move with DisallowedByVpcEncryptionControl.`,
      remedy: `Run \`aws ec2 modify-vpc-encryption-control --vpc-encryption-control-id <id of the control of ${id}> --lambda-exclusion enable\`, or choose another VPC.`,
    },
  ];
}

function judgeRange({ target, changes }: SharedFacts): Verdict[] {
  const { id, cidrs } = target.vpc;
  const found = cidrs.filter((cidr) => !isPrivate(cidr));
  if (found.length === 0 || !isMoved(changes)) return [];
  return [
    {
      subject: id,
      message: `VPC ${id} uses addresses that belong to others on the internet: ${listed(found)}. Hosts there cannot be reached from inside.`,
      remedy: 'Check that the code calls no host in these ranges, or use a VPC with private ranges.',
    },
  ];
}

/** The range that two CIDRs have in common; undefined where they have nothing. */
function common(one: string, other: string): Range | undefined {
  const [a, b] = [parseRange(one), parseRange(other)];
  return a && b && intersect(a, b);
}

/** Inside a VPC the local route wins over every other one (VPC user guide, "Route priority"; domain.md row 64). */
function judgeOverlaps({ target, changes }: SharedFacts): Verdict[] {
  const { vpc, observed, routeTables } = target;
  if (!isMoved(changes)) return [];
  // Only to middleboxes may routes lead that are narrower than the local one.
  const isNarrow = ({ destination }: Route): boolean =>
    vpc.cidrs.some((cidr) => containsCidr(cidr, destination));
  const routes = routeTables
    .flatMap((table) => table.routes.filter(isElsewhere))
    .filter((route) => !isNarrow(route));
  const others = observed.vpcs.filter(({ id }) => id !== vpc.id);
  return others.flatMap((other) => {
    const pairs = vpc.cidrs.flatMap((own) => other.cidrs.map((cidr) => ({ cidr, range: common(own, cidr) })));
    return pairs.flatMap(({ cidr, range }) => {
      const route = routes.find(({ destination }) => {
        const led = isDefault(destination) ? undefined : parseRange(destination);
        return range && led && intersect(range, led);
      });
      if (route === undefined) return [];
      return [
        {
          subject: other.id,
          message: `VPC ${other.id} has addresses that ${vpc.id} has, too (${cidr}): from the function they lead to hosts in ${vpc.id}, never through ${route.target}.`,
          remedy: `Check that the code calls no host of ${other.id} in these addresses, or use a VPC whose ranges do not overlap.`,
        },
      ];
    });
  });
}

function judgeDns({ target, uses }: SharedFacts): Verdict[] {
  const { dnsServers } = target.observed;
  const names = uses
    .filter(({ how, service }) => how !== 'in-the-way' && service.privateDns)
    .map(({ service }) => service.word);
  if (!dnsServers?.ok || names.length === 0) return [];
  return [
    {
      subject: target.vpc.id,
      message: `VPC ${target.vpc.id} uses DNS servers of its own (${listed(dnsServers.value)}): unless they ask the resolver of the VPC, the names of ${listed(names)} lead past the endpoints.`,
      remedy:
        "Forward AWS's domains on these servers to the resolver of the VPC, whose address is the base of the VPC's range plus two.",
    },
  ];
}

/** Rules about the VPC as a whole. */
export const vpcRules: readonly SharedRule[] = [
  {
    id: 'vpc-encryption-enforced',
    about: 'shared',
    severity: 'error',
    subject: 'VPC',
    page: pages.encryptionControls,
    check: judgeEncryption,
  },
  {
    id: 'vpc-public-range',
    about: 'shared',
    severity: 'warning',
    subject: 'VPC',
    page: pages.vpcCidrs,
    check: judgeRange,
  },
  {
    id: 'vpc-ranges-overlap',
    about: 'shared',
    severity: 'warning',
    subject: 'VPC',
    page: pages.routeTables,
    check: judgeOverlaps,
  },
  {
    id: 'vpc-custom-dns',
    about: 'shared',
    severity: 'warning',
    subject: 'VPC',
    page: pages.dhcp,
    check: judgeDns,
  },
];
