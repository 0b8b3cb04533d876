import { peerIngressId, peerLines } from '../resolve/peers.js';
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

function judgePeers({ target, changes }: SharedFacts): Verdict[] {
  const own = target.groups.managed?.id ?? `the group ${target.groups.resourceName}-lambda`;
  return peerLines(target)
    .filter(({ peer, admitted }) => !admitted && !changes.some(({ id }) => id === peerIngressId(peer.id)))
    .map(({ peer, line }) => {
      const mayAsk = target.groups.usesManaged && peer.vpcId === target.vpc.id;
      const asking = mayAsk ? `, or \`peer-ingress:${peer.id}\` to \`allow\` so that this action does` : '';
      return {
        subject: peer.id,
        message: `Security group ${peer.id} (${peer.name}) lets in neither ${own} nor all of the function's subnets for \`${line.text}\`.`,
        remedy: `Add an inbound rule to ${peer.id} that admits ${own}${asking}.`,
      };
    });
}

/** Rules about what `egress` asks for. */
export const egressRules: readonly SharedRule[] = [
  { id: 'egress-without-managed', about: 'shared', severity: 'error', check: judgeManaged },
  { id: 'peer-does-not-admit', about: 'shared', severity: 'warning', check: judgePeers },
];
