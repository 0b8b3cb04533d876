import { pages } from './pages.js';
import type { SharedFacts, SharedRule, Verdict } from './rule.js';

function judgeReads({ target }: SharedFacts): Verdict[] {
  const { networkAcls, dnsServers, interfaces } = target.observed;
  const isPrivate = target.desired.subnets?.some((selector) => selector.kind === 'private') === true;
  const unread = [
    { what: 'The network ACLs', reading: networkAcls },
    { what: 'The custom DNS servers', reading: dnsServers },
    ...(isPrivate
      ? [{ what: 'The network interfaces, which tell the subnets of appliances,', reading: interfaces }]
      : []),
  ];
  return unread.flatMap(({ what, reading }) =>
    reading === undefined || reading.ok
      ? []
      : [
          {
            subject: target.vpc.id,
            status: 'unknown' as const,
            message: `${what} of ${target.vpc.id} could not be read. ${reading.problem.message}`,
            remedy: reading.problem.remedy,
          },
        ],
  );
}

/** Rules about what could not be read. */
export const readingRules: readonly SharedRule[] = [
  {
    id: 'not-readable',
    about: 'shared',
    severity: 'warning',
    subject: 'VPC',
    page: pages.identity,
    check: judgeReads,
  },
];
