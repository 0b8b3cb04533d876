import type { EgressLine } from '../model/desired.js';
import { admits, type Connection } from '../network/admits.js';
import type { SharedTarget } from '../resolve/target.js';
import { pages } from './pages.js';
import type { SharedFacts, SharedRule, Verdict } from './rule.js';

function judgeManaged({ target }: SharedFacts): Verdict[] {
  const { desired, groups, user } = target;
  if (groups.usesManaged || (desired.egress ?? []).length === 0) return [];
  const message = `The managed group is not among the groups of ${user.name}, so the rules of \`egress\` would go nowhere.`;
  return [
    {
      subject: user.name,
      message,
      remedy: 'Add `managed` to `security-groups`, or remove `egress`.',
    },
  ];
}

/** The connection an egress line lets out, from the functions' subnets and groups. */
function connectionOf({ protocol, ports }: EgressLine, { groups, subnets }: SharedTarget): Connection {
  const groupIds = [...groups.otherIds, groups.managed?.id].filter((id) => id !== undefined);
  return { protocol, ports, groupIds, cidrs: subnets.map((subnet) => subnet.cidr) };
}

function judgePeers({ target }: SharedFacts): Verdict[] {
  return (target.desired.egress ?? []).flatMap((line) => {
    const peer = target.observed.groups.find(
      ({ id }) => line.peer.kind === 'group' && id === line.peer.value,
    );
    if (peer === undefined || peer.ingress.some((rule) => admits(rule, connectionOf(line, target))))
      return [];
    const own = target.groups.managed?.id ?? `the group ${target.groups.resourceName}-lambda`;
    return [
      {
        subject: peer.id,
        message: `Security group ${peer.id} (${peer.name}) lets in neither ${own} nor all of the function's subnets for \`${line.text}\`. This action does not change groups of others.`,
        remedy: `Add an inbound rule to ${peer.id} that admits ${own}.`,
      },
    ];
  });
}

/** Rules about what `egress` asks for. */
export const egressRules: readonly SharedRule[] = [
  {
    id: 'egress-without-managed',
    about: 'shared',
    severity: 'error',
    subject: 'security group',
    page: pages.groupRules,
    check: judgeManaged,
  },
  {
    id: 'peer-does-not-admit',
    about: 'shared',
    severity: 'warning',
    subject: 'security group',
    page: pages.groupRules,
    check: judgePeers,
  },
];
