import { revokeIngressCommand } from '../resources/commands.js';
import { purposeOf } from '../resources/security-group-rules.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import type { SharedFacts, SharedRule, Verdict } from './rule.js';

/** Rules of the group of the endpoints are only added, because other runs of this action may have asked for them. */
function judgeAccess({ target: { desired, groups, vpc }, uses }: SharedFacts): Verdict[] {
  const group = groups.endpointsGroup;
  if (desired.endpointAccess === 'vpc' || group === undefined) return [];
  if (!uses.some(({ how, service }) => how === 'ours' && service.type === 'Interface')) return [];
  const ranges = [...vpc.cidrs, ...vpc.ipv6Cidrs];
  const wide = group.ingress.filter(
    (rule) => purposeOf(rule) === 'endpoints' && ranges.includes(rule.peer.value),
  );
  if (wide.length === 0) return [];
  const commands = wide.map((rule) => revokeIngressCommand(group.id, rule));
  return [
    {
      subject: group.id,
      message: `Security group ${group.id} (${group.name}) lets in all of ${listed(wide.map(({ peer }) => peer.value))}, whatever \`endpoint-access: ${desired.endpointAccess}\` says: an earlier run, or one for another function, asked for it.`,
      remedy: `Run ${listed(commands)} if nothing else in ${vpc.id} needs these endpoints.`,
    },
  ];
}

/** A private name is never taken from an endpoint: others in the VPC may rest on it. */
function judgeNames({ target, uses }: SharedFacts): Verdict[] {
  if (target.desired.privateDns !== false) return [];
  return uses.flatMap((use) => {
    if (use.how !== 'ours' || !use.endpoint.privateDns) return [];
    const { id } = use.endpoint;
    return [
      {
        subject: id,
        message: `Endpoint ${id} keeps the private name of ${use.service.word}, whatever \`private-dns: false\` says: everyone in ${target.vpc.id} reaches the service by it.`,
        remedy: `Run \`aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${id} --no-private-dns-enabled\` if nobody needs the name.`,
      },
    ];
  });
}

/** Rules about endpoints of ours that are wider than the inputs say, because nothing is taken from what others may use. */
export const widerEndpointRules: readonly SharedRule[] = [
  {
    id: 'endpoint-access-wider',
    about: 'shared',
    severity: 'notice',
    subject: 'endpoint',
    page: pages.groupRules,
    check: judgeAccess,
  },
  {
    id: 'endpoint-keeps-name',
    about: 'shared',
    severity: 'notice',
    subject: 'endpoint',
    page: pages.endpointPrivateDns,
    check: judgeNames,
  },
];
