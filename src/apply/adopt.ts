import type { Action, Aws, Input } from '../aws/call.js';
import { readSecurityGroupsById } from '../resources/security-group.js';
import { ruleKey, toRules } from '../resources/security-group-rules.js';
import { isOurs, MANAGED_BY, OWNER, SCOPE, toTags } from '../resources/tags.js';
import { isLiving, toVpcEndpoint } from '../resources/vpc-endpoint.js';

/** A call whose references are known. */
export type KnownCall<A extends Action = Action> = { [K in A]: { action: K; input: Input<K> } }[A];

/** What became of a call that AWS refused because the thing exists. */
export type Adoption =
  /** It is ours: another run, or an earlier try of this one, made it. */
  | { readonly how: 'adopted'; readonly ids: Readonly<Record<string, string>> }
  /** Part of it exists: this is what is left to send. */
  | { readonly how: 'rest'; readonly call: KnownCall }
  | { readonly how: 'foreign' }
  | { readonly how: 'none' };

/** The tags that tell whose a resource is must be equal to those the call would have given it. */
function sameOwner(
  found: Readonly<Record<string, string>>,
  specifications: Input<'ec2:CreateTags'>['Tags'],
): boolean {
  const wanted = toTags(specifications);
  return isOurs(found) && [MANAGED_BY, OWNER, SCOPE].every((key) => found[key] === wanted[key]);
}

async function adoptGroup(aws: Aws, input: Input<'ec2:CreateSecurityGroup'>): Promise<Adoption> {
  const answer = await aws.send('ec2:DescribeSecurityGroups', {
    Filters: [
      { Name: 'vpc-id', Values: [input.VpcId ?? ''] },
      { Name: 'group-name', Values: [input.GroupName ?? ''] },
    ],
  });
  const [group] = answer.SecurityGroups ?? [];
  if (group?.GroupId === undefined) return { how: 'none' };
  const ours = sameOwner(toTags(group.Tags), input.TagSpecifications?.[0]?.Tags);
  return ours ? { how: 'adopted', ids: { GroupId: group.GroupId } } : { how: 'foreign' };
}

async function adoptEndpoint(aws: Aws, input: Input<'ec2:CreateVpcEndpoint'>): Promise<Adoption> {
  const answer = await aws.send('ec2:DescribeVpcEndpoints', {
    Filters: [
      { Name: 'vpc-id', Values: [input.VpcId ?? ''] },
      { Name: 'service-name', Values: [input.ServiceName ?? ''] },
    ],
  });
  const living = (answer.VpcEndpoints ?? []).map(toVpcEndpoint).filter(isLiving);
  const found = living.filter((endpoint) => endpoint.type === input.VpcEndpointType);
  const ours = found.find((endpoint) => sameOwner(endpoint.tags, input.TagSpecifications?.[0]?.Tags));
  if (ours) return { how: 'adopted', ids: { VpcEndpointId: ours.id } };
  return found.length > 0 ? { how: 'foreign' } : { how: 'none' };
}

type RulesCall = KnownCall<
  | 'ec2:AuthorizeSecurityGroupEgress'
  | 'ec2:AuthorizeSecurityGroupIngress'
  | 'ec2:RevokeSecurityGroupEgress'
  | 'ec2:RevokeSecurityGroupIngress'
>;

/**
 * What of a batch of rules is still to be sent: AWS refuses the whole of it for one rule that exists already
 * (domain.md row 47), or that is gone. `due` tells for a rule, by whether it stands, if it has to be sent.
 */
async function restOfRules(
  aws: Aws,
  call: RulesCall,
  direction: 'egress' | 'ingress',
  due: (stands: boolean) => boolean,
): Promise<Adoption> {
  const [group] = await readSecurityGroupsById(aws, [call.input.GroupId ?? '']);
  if (group === undefined) return { how: 'none' };
  const keys = new Set(group[direction].map(ruleKey));
  const sent = call.input.IpPermissions ?? [];
  const rest = sent.filter((permission) => toRules(permission).some((rule) => due(keys.has(ruleKey(rule)))));
  if (rest.length === 0) return { how: 'adopted', ids: {} };
  if (rest.length === sent.length) return { how: 'foreign' };
  return { how: 'rest', call: { ...call, input: { ...call.input, IpPermissions: rest } } as KnownCall };
}

const ifMissing = (stands: boolean): boolean => !stands;
const ifStanding = (stands: boolean): boolean => stands;

/** Looks whether what AWS calls a duplicate is ours, and what is left to do. Throws the SDK's error of a read. */
export async function adopt(aws: Aws, call: KnownCall): Promise<Adoption> {
  switch (call.action) {
    case 'ec2:CreateSecurityGroup':
      return adoptGroup(aws, call.input);
    case 'ec2:CreateVpcEndpoint':
      return adoptEndpoint(aws, call.input);
    case 'ec2:RevokeSecurityGroupEgress':
      return restOfRules(aws, call, 'egress', ifStanding);
    case 'ec2:RevokeSecurityGroupIngress':
      return restOfRules(aws, call, 'ingress', ifStanding);
    case 'ec2:AuthorizeSecurityGroupEgress':
      return restOfRules(aws, call, 'egress', ifMissing);
    case 'ec2:AuthorizeSecurityGroupIngress':
      return restOfRules(aws, call, 'ingress', ifMissing);
    default:
      return { how: 'none' };
  }
}
