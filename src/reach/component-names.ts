import type { Change } from '../model/plan.js';
import type { Component, ComponentKind } from '../network/verdict.js';

const KINDS: Readonly<Record<ComponentKind, string>> = {
  function: 'the function',
  vpc: 'VPC',
  subnet: 'subnet',
  'dns-server': 'DNS server',
  'security-group': 'security group',
  'network-acl': 'network ACL',
  'route-table': 'route table',
  'nat-gateway': 'NAT gateway',
  'internet-gateway': 'internet gateway',
  'egress-only-internet-gateway': 'egress-only internet gateway',
  'vpc-endpoint': 'VPC endpoint',
  'network-interface': 'network interface',
  'prefix-list': 'prefix list',
  elsewhere: '',
};

/** Names an id for people; what a change of the plan will make goes by the change's label. */
function nameId(id: string, changes: readonly Change[]): string {
  const made = changes.find((change) => change.id === id);
  // The label of an endpoint has the full name of its service behind the short one.
  return made === undefined ? id : `${made.label.replace(/ \(.*\)$/, '')} (new)`;
}

/** A component for people: `network ACL acl-0a1b`, `security group app-7-lambda (new)`. */
export function nameComponent({ kind, id }: Component, changes: readonly Change[]): string {
  if (kind === 'function') return KINDS.function;
  if (kind === 'security-group' && id === '') return 'the security groups';
  return [KINDS[kind], nameId(id, changes)].filter(Boolean).join(' ');
}
