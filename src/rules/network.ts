import type { Subnet } from '../model/observed.js';
import { isOrdinaryZone, MAX_SUBNETS } from '../resolve/subnets.js';
import type { SharedTarget } from '../resolve/target.js';
import { isPublic, routeTableOf } from '../resources/route-table.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import type { Facts, Rule, SharedFacts, Verdict } from './rule.js';

/** Lambda accepts at most 5 security groups (API reference, VpcConfig). */
const MAX_GROUPS = 5;

function publicSubnets({ subnets, observed }: SharedTarget): string[] {
  return subnets
    .filter((subnet) => isPublic(routeTableOf(subnet.id, observed.routeTables)))
    .map((subnet) => subnet.id);
}

function judgePublic({ target }: SharedFacts): Verdict[] {
  const found = publicSubnets(target);
  if (found.length === 0) return [];
  const all = found.length === target.subnets.length;
  // Where the function stays in the subnets it has, nothing is chosen.
  const chosen = target.desired.subnets !== undefined;
  const agreed = target.desired.allow.some((consent) => consent.kind === 'public-subnets');
  return [
    {
      subject: found.join(', '),
      severity: all && !agreed && chosen ? 'error' : 'warning',
      message: `${all ? 'Only public subnets are chosen' : 'Some of the subnets are public'}: ${listed(found)}. A function gets no public address, so their internet gateway is of no use to it.`,
      remedy: `Choose subnets whose default route goes to a NAT gateway or nowhere${all && !agreed && chosen ? ', or add `allow: public-subnets`' : ''}.`,
    },
  ];
}

/** Why Lambda cannot use a subnet; undefined when it can. */
function unusable(subnet: Subnet): string | undefined {
  if (subnet.state !== 'available') return `is ${subnet.state}`;
  if (subnet.ipv6Native) return 'has IPv6 addresses only';
  if (subnet.outpost) return 'is on an Outpost';
  return isOrdinaryZone(subnet.zone) ? undefined : `is in ${subnet.zone}, which is no ordinary zone`;
}

function judgeUsable({ target }: Facts): Verdict[] {
  const remedy = 'Choose subnets that are available, in a zone of the region, with IPv4 addresses.';
  return target.subnets.flatMap((subnet) => {
    const why = unusable(subnet);
    const message = `Subnet ${subnet.id} ${why}; Lambda cannot use it.`;
    return why === undefined ? [] : [{ subject: subnet.id, message, remedy }];
  });
}

function judgeCounts({ target }: Facts): Verdict[] {
  const groups = target.groups.otherIds.length + (target.groups.usesManaged ? 1 : 0);
  const verdicts: Verdict[] = [];
  if (target.subnets.length > MAX_SUBNETS) {
    const message = `${target.subnets.length} subnets of ${target.vpc.id} are chosen; Lambda takes at most ${MAX_SUBNETS}.`;
    verdicts.push({ subject: target.vpc.id, message, remedy: 'Narrow down the input subnets.' });
  }
  if (groups > MAX_GROUPS) {
    const message = `Function ${target.observed.lambda.name} would have ${groups} security groups; Lambda takes at most ${MAX_GROUPS}.`;
    verdicts.push({
      subject: target.observed.lambda.name,
      message,
      remedy: 'List fewer groups in security-groups.',
    });
  }
  return verdicts;
}

function judgeSelection({ target }: Facts): Verdict[] {
  if (target.subnets.length > 0 || target.problems.length > 0) return [];
  const message = `No subnet of ${target.vpc.id} is chosen for function ${target.observed.lambda.name}.`;
  const remedy = 'Write `subnets: private`, `subnets: tag:<Key>=<Value>` or ids of subnets.';
  return [{ subject: target.vpc.id, message, remedy }];
}

function judgeTenancy({ target }: SharedFacts): Verdict[] {
  if (target.vpc.tenancy !== 'dedicated') return [];
  const message = `VPC ${target.vpc.id} has dedicated tenancy; Lambda cannot connect to such a VPC.`;
  const remedy = 'Choose a VPC with default tenancy that is peered with this one.';
  return [{ subject: target.vpc.id, message, remedy }];
}

/** Rules about the VPC, its subnets and the groups. */
export const networkRules: readonly Rule[] = [
  {
    id: 'nothing-selected',
    about: 'function',
    severity: 'error',
    subject: 'subnet',
    page: pages.functionVpc,
    check: judgeSelection,
  },
  {
    id: 'public-subnets',
    about: 'shared',
    severity: 'error',
    subject: 'subnet',
    page: pages.functionVpcInternet,
    check: judgePublic,
  },
  {
    id: 'subnet-unusable',
    about: 'function',
    severity: 'error',
    subject: 'subnet',
    page: pages.functionVpc,
    check: judgeUsable,
  },
  {
    id: 'too-many-subnets-or-groups',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.vpcConfig,
    check: judgeCounts,
  },
  {
    id: 'vpc-tenancy-dedicated',
    about: 'shared',
    severity: 'error',
    subject: 'VPC',
    page: pages.functionVpc,
    check: judgeTenancy,
  },
];
