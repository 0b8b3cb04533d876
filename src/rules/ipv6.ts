import { usesIpv6 } from '../resolve/ipv6.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

/**
 * Lambda takes Ipv6AllowedForDualStack only where each subnet has an IPv6 range (domain.md row 59). Where the
 * function is left as it is nothing is sent, so nothing is refused.
 */
function judgeSubnets({ target, changes }: Facts): Verdict[] {
  const { lambda } = target.observed;
  const narrow = target.subnets.filter(({ ipv6Cidrs }) => ipv6Cidrs.length === 0).map(({ id }) => id);
  const due = target.desired.ipv6 === true || isMoved(changes);
  if (!due || narrow.length === 0 || !usesIpv6(target)) return [];
  const which = `${listed(narrow)} ${narrow.length === 1 ? 'has' : 'have'} no IPv6 range`;
  const why =
    target.desired.ipv6 === undefined
      ? `function ${lambda.name} sends IPv6 today, and Lambda refuses it such subnets`
      : 'with `ipv6: true` Lambda takes dual-stack subnets only';
  return [
    {
      subject: narrow.join(', '),
      message: `${narrow.length === 1 ? 'Subnet' : 'Subnets'} ${which}: ${why}.`,
      remedy: 'Choose subnets that have an IPv6 range as well, or set `ipv6: false`.',
    },
  ];
}

/** Rules about outbound IPv6. */
export const ipv6Rules: readonly FunctionRule[] = [
  {
    id: 'subnets-not-dual-stack',
    about: 'function',
    severity: 'error',
    subject: 'subnet',
    page: pages.functionVpc,
    check: judgeSubnets,
  },
];
