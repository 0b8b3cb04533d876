import type { EgressLine } from '../model/desired.js';
import { admits, type Connection } from '../network/admits.js';
import type { Target } from '../resolve/target.js';
import type { Facts, Rule, Verdict } from './rule.js';

function judgeManaged({ target }: Facts): Verdict[] {
  const { desired, groups, observed } = target;
  if (groups.usesManaged || (desired.egress ?? []).length === 0) return [];
  const message = `Function ${observed.lambda.name} does not wear the managed group, so the rules of \`egress\` would go nowhere.`;
  return [
    {
      subject: observed.lambda.name,
      message,
      remedy: 'Add `managed` to `security-groups`, or remove `egress`.',
    },
  ];
}

/** The connection an egress line lets out, from the function's subnets and groups. */
function connectionOf({ protocol, ports }: EgressLine, { groups, subnets }: Target): Connection {
  const groupIds = [...groups.otherIds, groups.managed?.id].filter((id) => id !== undefined);
  return { protocol, ports, groupIds, cidrs: subnets.map((subnet) => subnet.cidr) };
}

function judgePeers({ target }: Facts): Verdict[] {
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
export const egressRules: readonly Rule[] = [
  { id: 'egress-without-managed', severity: 'error', check: judgeManaged },
  { id: 'peer-does-not-admit', severity: 'warning', check: judgePeers },
];
