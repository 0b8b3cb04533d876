import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { withTestBed } from '../support/test-bed.js';
import { addEndpoint, addNat, addPublicSubnet, addSecurityGroup, addVpc } from '../support/worlds/world.js';
import { told } from './findings.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });
const dryRun = { ...caseInputs, 'dry-run': 'true' };

/** The case study's world with a NAT gateway that its private subnets route to. */
async function worldWithNat() {
  const world = await caseWorld(bed);
  const place = { vpcId: world.vpcId, cidr: '12.25.15.112/28', zone: 'us-east-2a' };
  const { subnetId, routeTableId: publicTableId } = await addPublicSubnet(bed.direct, place);
  const natId = await addNat(bed.direct, { publicSubnetId: subnetId, routeTableId: world.routeTableId });
  return { ...world, natId, publicTableId };
}

describe('rules about the ways of a function', () => {
  it('tell of a default route to a NAT gateway that is gone', async () => {
    const { natId, routeTableId } = await worldWithNat();
    const works = await step(bed, dryRun);
    expect(told(works, 'route-leads-nowhere')).toBeUndefined();
    await bed.direct.ec2.deleteNatGateway({ NatGatewayId: natId });
    const planned = await step(bed, dryRun);
    const { message = '', remedy = '' } = told(planned, 'route-leads-nowhere') ?? {};
    expect(message).toContain(`Route table ${routeTableId} of `);
    expect(message).toContain(`sends 0.0.0.0/0 to ${natId}, which `);
    expect(remedy).toContain(`aws ec2 delete-route --route-table-id ${routeTableId}`);
  });

  it('count a NAT gateway as blocked where Block Public Access is bidirectional, and only there', async () => {
    const { vpcId } = await worldWithNat();
    const mode = (internetGatewayBlockMode: string) =>
      bed.proxy.showNetwork(vpcId, { blockPublicAccessStates: { internetGatewayBlockMode } });
    const asking = { ...dryRun, egress: 'tcp 443 0.0.0.0/0', reaches: 'tcp 443 internet' };
    mode('block-ingress');
    expect(told(await step(bed, asking), 'reach-blocked')).toBeUndefined();
    mode('block-bidirectional');
    const blocked = await step(bed, asking);
    expect(blocked.outputs.outcome).toBe('blocked');
    expect(told(blocked, 'reach-blocked')?.message).toContain(
      'VPC Block Public Access stops internet traffic',
    );
  });
});

describe('rules about functions whose network is elsewhere', () => {
  it('name the capacity provider, and nothing is written', async () => {
    await caseWorld(bed);
    const CapacityProviderArn = 'arn:aws:lambda:us-east-2:123456789012:capacity-provider:pool';
    bed.proxy.keepFunctionMembers('app-7', {
      CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn } },
    });
    const blocked = await step(bed);
    expect(blocked.outputs.outcome).toBe('blocked');
    expect(told(blocked, 'function-network-elsewhere')?.message).toContain(CapacityProviderArn);
    expect(writes(bed.proxy.calls)).toEqual([]);
  });

  it('stop a move that could not mount the file system', async () => {
    const world = await caseWorld(bed);
    const { ec2 } = bed.direct;
    const groupId = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'web' });
    const open = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2.revokeSecurityGroupEgress({ GroupId: groupId, IpPermissions: [open] });
    const Arn = 'arn:aws:elasticfilesystem:us-east-2:123456789012:access-point/fsap-0123456789abcdef0';
    bed.proxy.keepFunctionMembers('app-7', { FileSystemConfigs: [{ Arn, LocalMountPath: '/mnt/files' }] });
    const inputs = { ...caseInputs, endpoints: 'none', 'security-groups': groupId };
    const blocked = await step(bed, inputs);
    expect(blocked.outputs.outcome).toBe('blocked');
    expect(told(blocked, 'file-system-reach')?.message).toContain(`(${groupId}) lets it out on TCP 2049`);
    expect(writes(bed.proxy.calls)).toEqual([]);
  });
});

describe('rules about groups of others', () => {
  it('warn of a full group that is to admit the function, and of a stack that describes it', async () => {
    const world = await caseWorld(bed);
    const ingressCidrs = Array.from({ length: 60 }, (_, index) => `10.${index}.0.0/16`);
    const tags = { Provisioner: 'terraform' };
    const db = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'db', ingressCidrs, tags });
    const inputs = {
      ...caseInputs,
      endpoints: 'logs',
      egress: `tcp 5432 ${db}`,
      allow: `peer-ingress:${db}`,
    };
    const planned = await step(bed, { ...inputs, 'dry-run': 'true' });
    const { message, remedy } = told(planned, 'rules-per-group-quota') ?? {};
    expect(message).toContain(`Security group ${db} would have inbound rules that count for 61`);
    expect(remedy).toContain(`Remove rules of ${db} that nobody needs`);
    expect(told(planned, 'network-in-stack')?.message).toContain(`${db} is described by Terraform`);
    const ended = await step(bed, inputs);
    expect(ended.outputs.outcome).toBe('partial');
    expect(ended.everything).toContain('RulesPerSecurityGroupLimitExceeded');
  });

  it('tell of the stack where a rule is taken back', async () => {
    const world = await caseWorld(bed);
    const db = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'db' });
    const inputs = {
      ...caseInputs,
      endpoints: 'logs',
      egress: `tcp 5432 ${db}`,
      allow: `peer-ingress:${db}`,
    };
    expect((await step(bed, inputs)).outputs.outcome).toBe('changed');
    const Tags = [{ Key: 'terraform', Value: 'true' }];
    await bed.direct.ec2.createTags({ Resources: [db], Tags });
    const planned = await step(bed, { ...dryRun, endpoints: 'logs', egress: 'tcp 443 10.9.0.0/16' });
    expect(told(planned, 'network-in-stack')?.message).toContain(`${db} is described by Terraform`);
  });
});

describe('rules about gateway endpoints', () => {
  it('tell of one that the function does not use, for want of a route', async () => {
    const { vpcId, publicTableId, routeTableId } = await worldWithNat();
    const service = 'com.amazonaws.us-east-2.s3';
    const routeTableIds = [publicTableId];
    const id = await addEndpoint(bed.direct, { vpcId, service, type: 'Gateway', routeTableIds });
    const planned = await step(bed, dryRun);
    expect(told(planned, 'gateway-not-routed')?.message).toContain(
      `Gateway endpoint ${id} for s3 is not on ${routeTableId}`,
    );
    expect(told(await step(bed, { ...dryRun, endpoints: 's3' }), 'gateway-not-routed')).toBeUndefined();
  });

  it('warn before the quota of the region is met, and AWS agrees', async () => {
    await caseWorld(bed);
    const vpcId = await addVpc(bed.direct, { cidr: '10.9.0.0/16' });
    for (let count = 0; count < 20; count += 1) {
      await addEndpoint(bed.direct, { vpcId, service: 'com.amazonaws.us-east-2.s3', type: 'Gateway' });
    }
    const inputs = { ...caseInputs, endpoints: 's3', allow: 'connection-drop:s3' };
    const ended = await step(bed, inputs);
    expect(told(ended, 'endpoint-quota')?.message).toBe(
      'There are 20 gateway endpoints in us-east-2 and this run makes 1 more; the quota is 20 unless it was raised.',
    );
    expect(ended.outputs.outcome).toBe('partial');
    expect(ended.everything).toContain('VpcEndpointLimitExceeded');
  });
});
