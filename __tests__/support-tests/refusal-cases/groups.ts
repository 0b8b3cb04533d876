import { addForeignInterface, addSecurityGroup, addVpc } from '../../support/worlds/world.js';
import { createInterface, type RefusalCase, type Stage } from './case.js';

function createGroup({ bed, world }: Stage, changes: Record<string, unknown> = {}): Promise<unknown> {
  return bed.through.ec2.createSecurityGroup({
    GroupName: 'app-7-lambda',
    Description: 'app-7 lambda',
    VpcId: world.vpcId,
    ...changes,
  });
}

function allow({ bed, groupId }: Stage, changes: Record<string, unknown> = {}): Promise<unknown> {
  const rule = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '12.25.15.0/25' }] };
  return bed.through.ec2.authorizeSecurityGroupIngress({
    GroupId: groupId,
    IpPermissions: [{ ...rule, ...changes }],
  });
}

/** Cases about ids, DryRun and tags. */
export const commonCases: readonly RefusalCase[] = [
  {
    id: 'malformed-id',
    code: 'InvalidSubnetID.Malformed',
    message: /Invalid id: "sg-0123456789abcdef0" \(expecting "subnet-\.\.\."\)/,
    refused: (stage) => createInterface(stage, { SubnetIds: ['sg-0123456789abcdef0'] }),
    accepted: (stage) => createInterface(stage),
  },
  {
    id: 'dry-run',
    code: 'DryRunOperation',
    refused: (stage) => createInterface(stage, { DryRun: true }),
    accepted: (stage) => createInterface(stage, { DryRun: false }),
  },
  {
    id: 'tag-text',
    code: 'InvalidParameterValue',
    message: /Tag keys starting with 'aws:' are reserved/,
    refused: ({ bed, groupId }) =>
      bed.through.ec2.createTags({ Resources: [groupId], Tags: [{ Key: 'aws:name', Value: 'x' }] }),
    accepted: ({ bed, groupId }) =>
      bed.through.ec2.createTags({ Resources: [groupId], Tags: [{ Key: 'Aws', Value: 'x' }] }),
  },
];

/** Cases about security groups and their rules. */
export const groupCases: readonly RefusalCase[] = [
  {
    id: 'group-name',
    code: 'InvalidParameterValue',
    refused: (stage) => createGroup(stage, { GroupName: 'sg-app-7' }),
    accepted: (stage) => createGroup(stage),
  },
  {
    id: 'group-description',
    code: 'InvalidParameterValue',
    message: /Character sets beyond ASCII are not supported/,
    refused: (stage) => createGroup(stage, { Description: "app-7's group" }),
    accepted: (stage) => createGroup(stage),
  },
  {
    id: 'group-in-unknown-vpc',
    code: 'InvalidVpcID.NotFound',
    refused: (stage) => createGroup(stage, { VpcId: 'vpc-0123456789abcdef0' }),
    accepted: (stage) => createGroup(stage),
  },
  {
    id: 'group-in-use',
    code: 'DependencyViolation',
    message: /resource sg-[0-9a-f]+ has a dependent object/,
    given: ({ bed, world, groupId }) =>
      addForeignInterface(bed.direct, { subnetId: world.subnetIds[0] ?? '', groupIds: [groupId] }),
    refused: ({ bed, groupId }) => bed.through.ec2.deleteSecurityGroup({ GroupId: groupId }),
    accepted: async ({ bed, world }) => {
      const GroupId = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'unused' });
      await bed.through.ec2.deleteSecurityGroup({ GroupId });
    },
  },
  {
    id: 'rule-description',
    code: 'InvalidParameterValue',
    refused: (stage) => allow(stage, { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'app → logs' }] }),
    accepted: (stage) => allow(stage, { IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'app to logs' }] }),
  },
  {
    id: 'rule-twice-in-call',
    code: 'InvalidParameterValue',
    message: /The same permission must not appear multiple times/,
    refused: (stage) => allow(stage, { IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '10.1.0.0/8' }] }),
    accepted: (stage) => allow(stage, { IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '11.0.0.0/8' }] }),
  },
  {
    id: 'rule-peer',
    code: 'InvalidGroup.NotFound',
    refused: async (stage) => {
      const vpcId = await addVpc(stage.bed.direct, { cidr: '10.9.0.0/16' });
      const GroupId = await addSecurityGroup(stage.bed.direct, { vpcId, name: 'other' });
      await allow(stage, { IpRanges: [], UserIdGroupPairs: [{ GroupId }] });
    },
    accepted: (stage) => allow(stage, { IpRanges: [], UserIdGroupPairs: [{ GroupId: stage.groupId }] }),
  },
  {
    id: 'rule-exists',
    code: 'InvalidPermission.Duplicate',
    message: /"peer: sg-[0-9a-f]+, TCP, from port: 443, to port: 443, ALLOW" already exists/,
    given: (stage) =>
      allow(stage, { IpRanges: [], UserIdGroupPairs: [{ GroupId: stage.groupId, Description: 'first' }] }),
    refused: (stage) =>
      allow(stage, { IpRanges: [], UserIdGroupPairs: [{ GroupId: stage.groupId, Description: 'second' }] }),
    accepted: (stage) => allow(stage),
  },
  {
    id: 'rules-per-group',
    code: 'RulesPerSecurityGroupLimitExceeded',
    limit: true,
    given: (stage) => allow(stage, { IpRanges: cidrs(0, 59) }),
    accepted: (stage) => allow(stage, { IpRanges: cidrs(59, 60) }),
    refused: (stage) =>
      allow(stage, { IpRanges: [], Ipv6Ranges: [], UserIdGroupPairs: [{ GroupId: stage.groupId }] }),
  },
];

function cidrs(from: number, to: number) {
  return Array.from({ length: to - from }, (_, index) => ({ CidrIp: `10.${from + index}.0.0/16` }));
}
