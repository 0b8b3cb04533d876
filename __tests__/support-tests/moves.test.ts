import { beforeEach, describe, expect, test } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { buildCaseStudy, type CaseStudy } from '../support/worlds/case-study.js';
import {
  addEndpoint,
  addNat,
  addPublicSubnet,
  addSecurityGroup,
  moveFunction,
} from '../support/worlds/world.js';

const bed = withTestBed();
const managed = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';
let world: CaseStudy;
let groupId: string;

beforeEach(async () => {
  world = await buildCaseStudy(bed.direct);
  groupId = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'app' });
});

async function createLogs() {
  const { VpcEndpoint } = await bed.through.ec2.createVpcEndpoint({
    VpcId: world.vpcId,
    ServiceName: 'com.amazonaws.us-east-2.logs',
    VpcEndpointType: 'Interface',
    SubnetIds: [...world.subnetIds],
    SecurityGroupIds: [groupId],
  });
  return VpcEndpoint;
}

async function endpoints(filters: { Name: string; Values: string[] }[] = []) {
  return (await bed.through.ec2.describeVpcEndpoints({ Filters: filters })).VpcEndpoints ?? [];
}

describe('an interface endpoint', () => {
  const states = async (times: number) => {
    const seen: string[] = [];
    for (let look = 0; look < times; look += 1)
      seen.push(...(await endpoints()).map(({ State }) => String(State)));
    return seen;
  };

  test('is pending for as many looks as asked, then available', async () => {
    bed.proxy.setOptions({ endpointPendingPolls: 2 });
    expect((await createLogs())?.State).toBe('pending');
    expect(await states(4)).toEqual(['pending', 'pending', 'available', 'available']);
  });

  test('shows the private name of its service once it is available', async () => {
    const created = await createLogs();
    const names = (entries: { DnsName?: string | undefined }[] | undefined) =>
      entries?.map(({ DnsName }) => DnsName);
    expect(names(created?.DnsEntries)).not.toContain('logs.us-east-2.amazonaws.com');
    await endpoints();
    expect(names((await endpoints())[0]?.DnsEntries)).toContain('logs.us-east-2.amazonaws.com');
  });

  test('may fail, with the last error', async () => {
    bed.proxy.setOptions({ endpointFailure: { code: 'InternalError', message: 'no luck' } });
    await createLogs();
    expect(await states(2)).toEqual(['pending', 'failed']);
    expect((await endpoints())[0]?.LastError).toEqual({ Code: 'InternalError', Message: 'no luck' });
  });

  test('does not fail where another service shall', async () => {
    const serviceName = 'com.amazonaws.us-east-2.ssm';
    bed.proxy.setOptions({ endpointFailure: { serviceName, code: 'InternalError', message: 'no luck' } });
    await createLogs();
    expect(await states(2)).toEqual(['pending', 'available']);
  });

  test('stays in the state that it is held in', async () => {
    const id = (await createLogs())?.VpcEndpointId ?? '';
    bed.proxy.holdEndpoint(id, 'pendingAcceptance');
    expect(await states(3)).toEqual(['pendingAcceptance', 'pendingAcceptance', 'pendingAcceptance']);
  });

  test('is filtered by the state that is shown', async () => {
    const available = [{ Name: 'vpc-endpoint-state', Values: ['available'] }];
    await createLogs();
    expect(await endpoints(available)).toHaveLength(0);
    expect(await endpoints(available)).toHaveLength(1);
  });

  test('is deleting for a while, holds its name so long, and is gone then', async () => {
    const id = (await createLogs())?.VpcEndpointId ?? '';
    await bed.through.ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    await expect(createLogs()).rejects.toThrow('conflicting DNS domain');
    expect(await states(2)).toEqual(['deleting']);
    await expect(bed.through.ec2.describeVpcEndpoints({ VpcEndpointIds: [id] })).rejects.toMatchObject({
      name: 'InvalidVpcEndpointId.NotFound',
    });
    await createLogs();
  });

  test('made past the proxy is available at once', async () => {
    await addEndpoint(bed.direct, { vpcId: world.vpcId, service: 'com.amazonaws.us-east-2.logs' });
    expect(await states(1)).toEqual(['available']);
  });
});

function read() {
  return bed.through.lambda.getFunctionConfiguration({ FunctionName: world.functionName });
}

function update(RevisionId?: string) {
  const VpcConfig = { SubnetIds: [...world.subnetIds], SecurityGroupIds: [groupId] };
  return bed.through.lambda.updateFunctionConfiguration({
    FunctionName: world.functionName,
    VpcConfig,
    RevisionId,
  });
}

describe('a function that is updated', () => {
  beforeEach(async () => {
    await bed.direct.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managed });
  });

  test('is in progress for as many reads as asked, then successful', async () => {
    bed.proxy.setOptions({ functionInProgressPolls: 2 });
    const statuses = [(await update()).LastUpdateStatus];
    for (let look = 0; look < 3; look += 1) statuses.push((await read()).LastUpdateStatus);
    expect(statuses).toEqual(['InProgress', 'InProgress', 'InProgress', 'Successful']);
  });

  test('has a new revision when the update begins and when it ends', async () => {
    const before = (await read()).RevisionId;
    const begun = (await update(before)).RevisionId;
    await read();
    const ended = (await read()).RevisionId;
    expect(new Set([before, begun, ended]).size).toBe(3);
    await expect(update(begun)).rejects.toMatchObject({ name: 'PreconditionFailedException' });
    await update(ended);
  });

  test('may fail, and then keeps its former network', async () => {
    bed.proxy.setOptions({ functionFailure: { code: 'EniLimitExceeded', reason: 'too many' } });
    expect((await update()).VpcConfig?.SubnetIds).toHaveLength(3);
    expect((await read()).LastUpdateStatus).toBe('InProgress');
    const ended = await read();
    expect(ended.LastUpdateStatus).toBe('Failed');
    expect([ended.LastUpdateStatusReasonCode, ended.LastUpdateStatusReason]).toEqual([
      'EniLimitExceeded',
      'too many',
    ]);
    expect(ended.VpcConfig?.SubnetIds ?? []).toEqual([]);
    bed.proxy.setOptions({ functionFailure: undefined });
    await update();
    await read();
    expect((await read()).LastUpdateStatus).toBe('Successful');
  });

  test('fails where a subnet has no address left', async () => {
    const [SubnetId = ''] = world.subnetIds;
    for (let used = 0; used < 27; used += 1) await bed.direct.ec2.createNetworkInterface({ SubnetId });
    await update();
    await read();
    expect((await read()).LastUpdateStatusReasonCode).toBe('SubnetOutOfIPAddresses');
  });

  test('is updated by somebody else meanwhile', async () => {
    bed.proxy.busyFunction(world.functionName, 2);
    const first = await read();
    await expect(update()).rejects.toMatchObject({
      name: 'ResourceConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    expect([first.LastUpdateStatus, (await read()).LastUpdateStatus]).toEqual(['InProgress', 'InProgress']);
    const ended = await read();
    expect(ended.LastUpdateStatus).toBe('Successful');
    expect(ended.RevisionId).not.toBe(first.RevisionId);
    await update(ended.RevisionId);
  });

  test('was deployed by somebody else', async () => {
    const { RevisionId } = await read();
    bed.proxy.touchFunction(world.functionName);
    await expect(update(RevisionId)).rejects.toMatchObject({ name: 'PreconditionFailedException' });
  });
});

describe('the execution role', () => {
  test('is refused as often as asked after a policy was attached', async () => {
    bed.proxy.setOptions({ rolePropagationRefusals: 2 });
    await bed.through.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managed });
    await expect(update()).rejects.toThrow('CreateNetworkInterface');
    await expect(update()).rejects.toThrow('CreateNetworkInterface');
    await update();
  });

  test('is not refused where the function stays outside', async () => {
    await bed.through.lambda.updateFunctionConfiguration({ FunctionName: world.functionName, Timeout: 9 });
  });

  test('may have the permission from an own policy', async () => {
    const statement = { Effect: 'Allow', Action: 'ec2:*NetworkInterface*', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await bed.direct.iam.putRolePolicy({ RoleName: world.roleName, PolicyName: 'own', PolicyDocument });
    await update();
  });
});

describe('interfaces', () => {
  const interfaces = async (type: string) => {
    const Filters = [{ Name: 'interface-type', Values: [type] }];
    return (await bed.through.ec2.describeNetworkInterfaces({ Filters })).NetworkInterfaces ?? [];
  };

  beforeEach(async () => {
    await bed.direct.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managed });
  });

  test('of a function are there while it is in the subnets, and linger after', async () => {
    await update();
    const there = await interfaces('lambda');
    expect(there.map(({ SubnetId }) => SubnetId).sort()).toEqual([...world.subnetIds].sort());
    expect(there[0]).toMatchObject({
      RequesterManaged: true,
      Status: 'in-use',
      Groups: [{ GroupId: groupId }],
    });
    expect(there[0]?.Description).toMatch(/^AWS Lambda VPC ENI-app-7-[0-9a-f-]{36}$/);
    await moveFunction(bed.direct, { name: world.functionName, subnetIds: [], groupIds: [] });
    expect(await interfaces('lambda')).toHaveLength(3);
    expect(await interfaces('lambda')).toHaveLength(0);
  });

  test('that linger keep their group', async () => {
    bed.proxy.setOptions({ lingeringInterfacePolls: Number.POSITIVE_INFINITY });
    await update();
    await moveFunction(bed.direct, { name: world.functionName, subnetIds: [], groupIds: [] });
    const remove = () => bed.through.ec2.deleteSecurityGroup({ GroupId: groupId });
    await expect(remove()).rejects.toMatchObject({ name: 'DependencyViolation' });
    await expect(remove()).rejects.toMatchObject({ name: 'DependencyViolation' });
    bed.proxy.releaseInterfaces();
    await remove();
  });

  test('have addresses of their own, the lowest first', async () => {
    const SubnetId = world.subnetIds[0];
    const make = () => bed.through.ec2.createNetworkInterface({ SubnetId });
    const made = await Promise.all(Array.from({ length: 20 }, make));
    const addresses = made.map(({ NetworkInterface }) => NetworkInterface?.PrivateIpAddress ?? '');
    const last = ({ length }: readonly string[]) =>
      Array.from({ length }, (_, index) => `12.25.15.${4 + index}`);
    expect(new Set(addresses)).toEqual(new Set(last(addresses)));
  });

  test('of a NAT gateway are of its type', async () => {
    const place = { vpcId: world.vpcId, cidr: '12.25.15.96/28', zone: 'us-east-2a' };
    const { subnetId } = await addPublicSubnet(bed.direct, place);
    const { routeTableId } = world;
    const gateway = await addNat(bed.direct, { publicSubnetId: subnetId, routeTableId });
    const [found, ...others] = await interfaces('nat_gateway');
    expect([found?.Description, found?.RequesterManaged]).toEqual([
      `Interface for NAT Gateway ${gateway}`,
      true,
    ]);
    expect([...others, ...(await interfaces('interface'))]).toEqual([]);
  });

  test('of an endpoint follow its subnets and groups', async () => {
    const second = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'second' });
    const id = (await createLogs())?.VpcEndpointId;
    expect((await interfaces('vpc_endpoint'))[0]).toMatchObject({
      Description: `VPC Endpoint Interface ${id}`,
      Groups: [{ GroupId: groupId }],
      RequesterManaged: true,
    });
    await bed.through.ec2.modifyVpcEndpoint({
      VpcEndpointId: id,
      RemoveSubnetIds: world.subnetIds.slice(0, 1),
      AddSecurityGroupIds: [second],
      RemoveSecurityGroupIds: [groupId],
    });
    const after = await interfaces('vpc_endpoint');
    expect(after.map(({ SubnetId }) => SubnetId).sort()).toEqual(world.subnetIds.slice(1).sort());
    expect(after.map(({ Groups }) => Groups?.[0]?.GroupId)).toEqual([second, second]);
    const ids = after.map(({ NetworkInterfaceId }) => NetworkInterfaceId).sort();
    expect((await endpoints())[0]?.NetworkInterfaceIds?.sort()).toEqual(ids);
    await bed.through.ec2.deleteVpcEndpoints({ VpcEndpointIds: [id ?? ''] });
    expect(await interfaces('vpc_endpoint')).toEqual([]);
  });
});

test('VPCs and subnets show what others did to them', async () => {
  const [subnetId = ''] = world.subnetIds;
  bed.proxy.showNetwork(subnetId, { ownerId: '999999999999', state: 'pending' });
  bed.proxy.showNetwork(world.vpcId, { encryptionControl: { mode: 'enforce' } });
  const { Subnets = [] } = await bed.through.ec2.describeSubnets({ SubnetIds: [...world.subnetIds] });
  const shown = Subnets.filter(({ OwnerId }) => OwnerId === '999999999999');
  expect(shown.map(({ SubnetId, State }) => [SubnetId, State])).toEqual([[subnetId, 'pending']]);
  const { Vpcs = [] } = await bed.through.ec2.describeVpcs({ VpcIds: [world.vpcId] });
  expect(Vpcs[0]?.EncryptionControl?.Mode).toBe('enforce');
});
