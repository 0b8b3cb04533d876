import { roleNameOf } from '../../aws/partitions.js';
import type { Observed } from '../../model/observed.js';
import { sufficientPolicy } from '../../resources/execution-role.js';
import { list, type Section, section } from '../report.js';
import type { Seen } from './seen.js';

function policiesText({ policies }: Observed): string {
  if (policies === undefined) return 'policies not looked up';
  if (!policies.ok) return 'policies could not be read';
  if (policies.value.length === 0) return 'no attached policies';
  const enough = sufficientPolicy(policies.value);
  const names = policies.value.map(({ arn, name }) =>
    arn === enough?.arn ? `${name} (allows Lambda the network interfaces)` : name,
  );
  return `attached policies: ${names.join(', ')}`;
}

function aliasesText({ aliases }: Observed): string {
  if (aliases === undefined) return 'not looked up in this run';
  if (!aliases.ok) return 'could not be read';
  const pointing = aliases.value.map(({ name, versions }) => `${name} → version ${versions.join(', ')}`);
  return pointing.length === 0
    ? 'none that points at a published version'
    : `${pointing.join('; ')} (a version keeps the network it was published with)`;
}

function stateText({ lambda }: Observed): string {
  const reason = lambda.lastUpdateReason ?? lambda.stateReason;
  return `${lambda.state}, last update ${lambda.lastUpdateStatus}${reason ? `: ${reason}` : ''}`;
}

/** The function itself: its state, execution role, aliases and IPv6. */
export function functionSection({ observed }: Seen): Section {
  const { lambda } = observed;
  const items = [
    `ARN: \`${lambda.arn}\``,
    `State: ${stateText(observed)}`,
    `Execution role: ${roleNameOf(lambda.roleArn)}, ${policiesText(observed)}`,
    `Aliases: ${aliasesText(observed)}`,
    `Outbound IPv6 through dual-stack subnets: ${lambda.network.ipv6 ? 'on' : 'off'}`,
  ];
  return section(`Function ${lambda.name}`, list(items), { worth: 'network' });
}
