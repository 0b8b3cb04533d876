import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import type { StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import type { CaseStudy } from '../support/worlds/case-study.js';
import {
  addRouteTable,
  addSecurityGroup,
  addSubnet,
  addVpc,
  given,
  moveFunction,
} from '../support/worlds/world.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

const plain = { 'function-name': 'app-7', 'aws-region': 'us-east-2' };
const managedPolicy = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';

const said = ({ annotations }: StepResult): string => annotations.map(({ message }) => message).join('\n');
const codes = ({ annotations }: StepResult): (string | undefined)[] =>
  annotations.map(({ properties }) => properties.title);
const actions = (): string[] => writes(bed.proxy.calls).map(({ action }) => action);

/** The function as it is in AWS now. */
async function network() {
  const { VpcConfig } = await bed.through.lambda.getFunctionConfiguration({ FunctionName: 'app-7' });
  return {
    subnetIds: [...(VpcConfig?.SubnetIds ?? [])].sort(),
    groupIds: [...(VpcConfig?.SecurityGroupIds ?? [])].sort(),
    ipv6: VpcConfig?.Ipv6AllowedForDualStack,
  };
}

async function groupNamed(name: string, vpcId: string) {
  const Filters = [
    { Name: 'group-name', Values: [name] },
    { Name: 'vpc-id', Values: [vpcId] },
  ];
  const { SecurityGroups = [] } = await bed.direct.ec2.describeSecurityGroups({ Filters });
  return SecurityGroups[0];
}

/** Somebody put the function into two of the three subnets, in groups of their own. */
async function placedByHand(world: CaseStudy, groups: number): Promise<string[]> {
  await bed.direct.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managedPolicy });
  const groupIds: string[] = [];
  for (let number = 1; number <= groups; number += 1)
    groupIds.push(await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: `clients-${number}` }));
  await moveFunction(bed.direct, { name: 'app-7', subnetIds: world.subnetIds.slice(0, 2), groupIds });
  return groupIds.sort();
}

/** A second VPC with two private subnets; with IPv6 ranges where asked for. */
async function otherVpc(ipv6 = false): Promise<{ vpcId: string; subnetIds: string[] }> {
  const { ec2 } = bed.direct;
  const vpcId = await addVpc(bed.direct, { cidr: '10.9.0.0/16', name: 'other', ipv6 });
  const routeTableId = await addRouteTable(bed.direct, { vpcId });
  const block = (await ec2.describeVpcs({ VpcIds: [vpcId] })).Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0];
  const subnetIds: string[] = [];
  for (const [index, zone] of ['us-east-2a', 'us-east-2b'].entries()) {
    const cidr = `10.9.${index}.0/24`;
    const SubnetId = await addSubnet(bed.direct, { vpcId, cidr, zone, routeTableId });
    const Ipv6CidrBlock = block?.Ipv6CidrBlock?.replace('00::/56', `0${index}::/64`);
    if (ipv6) await ec2.associateSubnetCidrBlock({ SubnetId, Ipv6CidrBlock: given(Ipv6CidrBlock) });
    subnetIds.push(SubnetId);
  }
  return { vpcId, subnetIds: subnetIds.sort() };
}

describe('a function that is in a VPC already', () => {
  it('keeps its groups and subnets, gets the managed group, and no group of others is touched', async () => {
    const world = await caseWorld(bed);
    const foreign = await placedByHand(world, 2);
    const before = await bed.direct.ec2.describeSecurityGroups({ GroupIds: foreign });
    const applied = await step(bed, { ...plain, endpoints: 'logs' });
    expect(said(applied)).not.toContain('consent');
    expect(applied.outputs.outcome).toBe('changed');
    const own = given((await groupNamed('app-7-lambda', world.vpcId))?.GroupId);
    expect(await network()).toEqual({
      subnetIds: world.subnetIds.slice(0, 2).sort(),
      groupIds: [...foreign, own].sort(),
      ipv6: false,
    });
    const after = await bed.direct.ec2.describeSecurityGroups({ GroupIds: foreign });
    expect(after.SecurityGroups).toEqual(before.SecurityGroups);
    expect((await step(bed, { ...plain, endpoints: 'logs' })).outputs.outcome).toBe('unchanged');
    expect(actions()).toEqual([]);
  });

  it('with five groups has no room for the managed one, and is told what to do', async () => {
    const world = await caseWorld(bed);
    const foreign = await placedByHand(world, 5);
    const blocked = await step(bed, { ...plain, endpoints: 'logs' });
    expect(blocked.outputs.outcome).toBe('blocked');
    expect(codes(blocked)).toContain('too-many-subnets-or-groups');
    expect(said(blocked)).toContain('would have 6 security groups; Lambda takes at most 5');
    expect(actions()).toEqual([]);
    const allow = 'replace-network:app-7';
    const inputs = { ...plain, endpoints: 'logs', 'security-groups': `managed, ${foreign[0]}`, allow };
    expect((await step(bed, inputs)).outputs.outcome).toBe('changed');
    expect((await network()).groupIds).toContain(foreign[0]);
  });

  it('loses only the subnet and the group that the inputs take away, with consent', async () => {
    const world = await caseWorld(bed);
    const [kept = '', dropped = ''] = await placedByHand(world, 2);
    const inputs = {
      ...plain,
      subnets: world.subnetIds.slice(1).join(),
      'security-groups': `managed, ${kept}`,
    };
    const asked = await step(bed, inputs);
    expect(asked.outputs.outcome).toBe('blocked');
    expect(said(asked)).toContain(`loses subnet ${world.subnetIds[0]} and security group ${dropped}.`);
    expect(actions()).toEqual([]);
    const replaced = await step(bed, { ...inputs, allow: 'replace-network:app-7' });
    expect(replaced.outputs.outcome).toBe('changed');
    const { subnetIds, groupIds } = await network();
    expect(subnetIds).toEqual(world.subnetIds.slice(1).sort());
    expect(groupIds).toEqual([kept, given((await groupNamed('app-7-lambda', world.vpcId))?.GroupId)].sort());
  });
});

describe('a move to another VPC', () => {
  it('is asked for, makes what is needed there first, and says what stays behind', async () => {
    const world = await caseWorld(bed);
    await step(bed, { ...caseInputs, 'resource-name': 'billing' });
    const old = given((await groupNamed('billing-lambda', world.vpcId))?.GroupId);
    const other = await otherVpc();
    const inputs = { ...plain, vpc: other.vpcId, subnets: other.subnetIds.join(), endpoints: 'logs' };
    const asked = await step(bed, inputs);
    expect(asked.outputs.outcome).toBe('blocked');
    expect(said(asked)).toContain('`replace-network:app-7`');
    expect(said(asked)).toContain(`moves from ${world.vpcId} to ${other.vpcId}`);
    expect(actions()).toEqual([]);

    const allow = 'replace-network:app-7\ninternet-loss:app-7';
    const moved = await step(bed, { ...inputs, allow });
    expect(moved.outputs).toMatchObject({ outcome: 'changed', 'vpc-id': other.vpcId });
    // The name that the function's group had in the old VPC goes on.
    const own = await groupNamed('billing-lambda', other.vpcId);
    expect(await network()).toMatchObject({ subnetIds: other.subnetIds, groupIds: [own?.GroupId] });
    const order = actions();
    expect(order.indexOf('ec2:CreateVpcEndpoint')).toBeGreaterThan(-1);
    expect(order.indexOf('lambda:UpdateFunctionConfiguration')).toBeGreaterThan(
      order.lastIndexOf('ec2:CreateVpcEndpoint'),
    );
    expect(order.filter((action) => action.includes('Delete'))).toEqual([]);
    expect(codes(moved)).toContain('left-behind');
    expect(said(moved)).toContain(`aws ec2 delete-security-group --group-id ${old}`);
    expect((await groupNamed('billing-lambda', world.vpcId))?.GroupId).toBe(old);

    const again = await step(bed, inputs);
    expect(again.outputs.outcome).toBe('unchanged');
    expect(actions()).toEqual([]);
  });

  it('with groups of the old VPC is refused, naming both', async () => {
    const world = await caseWorld(bed);
    const [foreign = ''] = await placedByHand(world, 1);
    const other = await otherVpc();
    const inputs = { ...plain, vpc: other.vpcId, subnets: other.subnetIds.join() };
    const blocked = await step(bed, { ...inputs, 'security-groups': `managed, ${foreign}` });
    expect(blocked.outputs.outcome).toBe('blocked');
    expect(said(blocked)).toContain(
      `Security group ${foreign} is in ${world.vpcId}, not in ${other.vpcId}, the VPC of this run.`,
    );
    expect(actions()).toEqual([]);
  });
});

describe('a function that mounts a file system', () => {
  const FileSystemConfigs = [
    { Arn: 'arn:aws:elasticfilesystem:us-east-2:123456789012:access-point/a', LocalMountPath: '/mnt/a' },
  ];

  it('keeps a way to it, and every move of it is warned of', async () => {
    const world = await caseWorld(bed);
    bed.proxy.keepFunctionMembers('app-7', { FileSystemConfigs });
    const connected = await step(bed);
    expect(connected.outputs.outcome).toBe('changed');
    expect(codes(connected)).toContain('file-system-reach');
    const own = await groupNamed('app-7-lambda', world.vpcId);
    const nfs = own?.IpPermissionsEgress?.find(({ FromPort }) => FromPort === 2049);
    expect(nfs).toMatchObject({ IpProtocol: 'tcp', ToPort: 2049, IpRanges: [{ CidrIp: '12.25.15.0/25' }] });
    const again = await step(bed);
    expect(again.outputs.outcome).toBe('unchanged');
    expect(codes(again)).not.toContain('file-system-reach');

    const other = await otherVpc();
    const inputs = { ...plain, vpc: other.vpcId, subnets: other.subnetIds.join(), 'dry-run': 'true' };
    const planned = await step(bed, { ...inputs, allow: 'replace-network:app-7\ninternet-loss:app-7' });
    expect(planned.outputs.outcome).toBe('planned');
    expect(said(planned)).toContain(`leaves ${world.vpcId}: where ${other.vpcId} has no peering`);
  });
});

describe('outbound IPv6', () => {
  it('is switched on and off, and is left alone without the input', async () => {
    await caseWorld(bed);
    const other = await otherVpc(true);
    const inputs = { ...plain, subnets: other.subnetIds.join(), endpoints: 'logs' };
    const on = await step(bed, { ...inputs, ipv6: 'true' });
    expect(on.outputs.outcome).toBe('changed');
    expect(on.summary).toContain('outbound IPv6');
    expect(await network()).toMatchObject({ ipv6: true });
    for (const again of [{ ...inputs, ipv6: 'true' }, inputs]) {
      expect((await step(bed, again)).outputs.outcome).toBe('unchanged');
      expect(actions()).toEqual([]);
    }
    const off = await step(bed, { ...inputs, ipv6: 'false' });
    expect(off.outputs.outcome).toBe('changed');
    expect(actions()).toEqual(['lambda:UpdateFunctionConfiguration', 'ec2:CreateTags']);
    expect(await network()).toMatchObject({ ipv6: false });
  });

  it('stops before AWS would refuse it', async () => {
    const world = await caseWorld(bed);
    const asked = await step(bed, { ...caseInputs, ipv6: 'true' });
    expect(asked.outputs.outcome).toBe('blocked');
    expect(codes(asked)).toContain('subnets-not-dual-stack');
    for (const id of world.subnetIds) expect(said(asked)).toContain(id);
    expect(actions()).toEqual([]);

    const other = await otherVpc(true);
    await step(bed, { ...plain, subnets: other.subnetIds.join(), ipv6: 'true' });
    expect(await network()).toMatchObject({ ipv6: true });
    const allow = 'replace-network:app-7\ninternet-loss:app-7';
    const back = { ...caseInputs, vpc: world.vpcId, allow };
    const refused = await step(bed, back);
    expect(refused.outputs.outcome).toBe('blocked');
    expect(said(refused)).toContain('sends IPv6 today');
    expect(said(refused)).toContain('set `ipv6: false`');
    expect((await step(bed, { ...back, ipv6: 'false' })).outputs.outcome).toBe('changed');
    expect(await network()).toMatchObject({ ipv6: false, subnetIds: [...world.subnetIds].sort() });
  });
});
