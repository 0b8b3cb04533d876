import { beforeEach, describe, expect, test } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { buildCaseStudy, type CaseStudy } from '../support/worlds/case-study.js';
import { addEndpoint, addRouteTable, addSecurityGroup } from '../support/worlds/world.js';

const canaries = { environment: { DATABASE_PASSWORD: 'canary-env' }, codeLocation: 'canary-url' };
const bed = withTestBed({ canaries });
const logs = 'com.amazonaws.us-east-2.logs';
const s3 = 'com.amazonaws.us-east-2.s3';
let world: CaseStudy;
let groupId: string;

beforeEach(async () => {
  world = await buildCaseStudy(bed.direct, { proxy: bed.proxy });
  groupId = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'app' });
});

describe('endpoint services', () => {
  const named = (...Values: string[]) =>
    bed.through.ec2.describeVpcEndpointServices({ Filters: [{ Name: 'service-name', Values }] });

  test('are filtered by name, and unknown names are just not there', async () => {
    const { ServiceNames, ServiceDetails } = await named(logs, s3, 'com.amazonaws.us-east-2.nothing');
    expect(ServiceNames?.sort()).toEqual([logs, s3]);
    expect(ServiceDetails).toHaveLength(3);
  });

  test('asked for by an unknown name fail as a whole', async () => {
    const call = bed.through.ec2.describeVpcEndpointServices({
      ServiceNames: [logs, 'com.amazonaws.us-east-2.nothing'],
    });
    await expect(call).rejects.toMatchObject({ name: 'InvalidServiceName' });
  });

  test('are filtered by type', async () => {
    const Filters = [
      { Name: 'service-name', Values: [s3] },
      { Name: 'service-type', Values: ['Gateway'] },
    ];
    const { ServiceDetails } = await bed.through.ec2.describeVpcEndpointServices({ Filters });
    expect(ServiceDetails?.map(({ ServiceType }) => ServiceType)).toEqual([[{ ServiceType: 'Gateway' }]]);
  });

  test('are offered in the zones of the options, with or without a private name', async () => {
    bed.proxy.setOptions({ serviceZones: { [logs]: ['us-east-2c'] }, servicesWithoutPrivateDns: [logs] });
    const [detail] = (await named(logs)).ServiceDetails ?? [];
    expect(detail).toMatchObject({ AvailabilityZones: ['us-east-2c'] });
    expect(detail?.PrivateDnsNames ?? []).toEqual([]);
  });

  test('an unknown filter is refused', async () => {
    const Filters = [{ Name: 'name', Values: ['logs'] }];
    await expect(bed.through.ec2.describeVpcEndpointServices({ Filters })).rejects.toMatchObject({
      name: 'InvalidFilter',
    });
  });
});

describe('functions', () => {
  const FunctionName = 'app-7';

  test('are in the VPC of their subnets', async () => {
    await bed.direct.lambda.updateFunctionConfiguration({
      FunctionName,
      VpcConfig: { SubnetIds: [...world.subnetIds], SecurityGroupIds: [groupId] },
    });
    const { VpcConfig } = await bed.through.lambda.getFunctionConfiguration({ FunctionName });
    expect(VpcConfig).toMatchObject({ VpcId: world.vpcId, Ipv6AllowedForDualStack: false });
    const { Functions } = await bed.through.lambda.listFunctions({});
    expect(Functions?.[0]?.VpcConfig?.VpcId).toBe(world.vpcId);
  });

  test('taken out of a VPC have an empty one', async () => {
    const VpcConfig = { SubnetIds: [], SecurityGroupIds: [] };
    const answer = await bed.through.lambda.updateFunctionConfiguration({ FunctionName, VpcConfig });
    expect(answer.VpcConfig).toEqual({ ...VpcConfig, VpcId: '', Ipv6AllowedForDualStack: false });
  });

  test('keep what moto forgets', async () => {
    const configuration = await bed.through.lambda.getFunctionConfiguration({ FunctionName });
    expect(configuration).toMatchObject({
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-2:123456789012:app-7-dlq' },
      LoggingConfig: { LogFormat: 'JSON' },
      KMSKeyArn: expect.stringContaining('arn:aws:kms:'),
      Runtime: 'python3.8',
    });
  });

  test('have a revision that stays until something changes', async () => {
    const one = await bed.through.lambda.getFunctionConfiguration({ FunctionName });
    const two = await bed.through.lambda.getFunction({ FunctionName });
    expect(one.RevisionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(two.Configuration?.RevisionId).toBe(one.RevisionId);
  });

  test('carry the canaries', async () => {
    const { Configuration, Code } = await bed.through.lambda.getFunction({ FunctionName });
    expect(Configuration?.Environment?.Variables).toEqual({
      parameter_name: '/app-7/parameter',
      DATABASE_PASSWORD: 'canary-env',
    });
    expect(Code?.Location).toContain('canary-url');
  });

  test('are listed without their state', async () => {
    const [listed] = (await bed.through.lambda.listFunctions({})).Functions ?? [];
    expect(listed).toMatchObject({ FunctionName });
    expect(listed).not.toHaveProperty('LastUpdateStatus');
    expect(listed).not.toHaveProperty('State');
  });

  test('keep their variables when an empty Environment is sent', async () => {
    await bed.through.lambda.updateFunctionConfiguration({ FunctionName, Environment: {} });
    const { Environment } = await bed.direct.lambda.getFunctionConfiguration({ FunctionName });
    expect(Environment?.Variables).toEqual({ parameter_name: '/app-7/parameter' });
  });
});

describe('endpoints', () => {
  const create = (more: Record<string, unknown> = {}) =>
    bed.through.ec2.createVpcEndpoint({
      VpcId: world.vpcId,
      ServiceName: logs,
      VpcEndpointType: 'Interface',
      SubnetIds: [...world.subnetIds],
      SecurityGroupIds: [groupId],
      ...more,
    });
  const first = async () => (await bed.through.ec2.describeVpcEndpoints({})).VpcEndpoints?.[0];

  test('are made once for one client token', async () => {
    const [one, two] = await Promise.all([create({ ClientToken: 'a' }), create({ ClientToken: 'a' })]);
    expect(two.VpcEndpoint?.VpcEndpointId).toBe(one.VpcEndpoint?.VpcEndpointId);
    expect(one.ClientToken).toBe('a');
    expect((await bed.direct.ec2.describeVpcEndpoints({})).VpcEndpoints).toHaveLength(1);
  });

  test('without a group have the default group of the VPC', async () => {
    const { VpcEndpoint } = await create({ SecurityGroupIds: undefined });
    expect(VpcEndpoint?.Groups?.map(({ GroupName }) => GroupName)).toEqual(['default']);
  });

  test('without a type are gateways, and those have no private DNS', async () => {
    const { VpcEndpoint } = await bed.through.ec2.createVpcEndpoint({ VpcId: world.vpcId, ServiceName: s3 });
    expect(VpcEndpoint).toMatchObject({
      VpcEndpointType: 'Gateway',
      PrivateDnsEnabled: false,
      State: 'available',
    });
  });

  test('change their private DNS, and others are free to take the name then', async () => {
    const id = (await create()).VpcEndpoint?.VpcEndpointId;
    await bed.through.ec2.modifyVpcEndpoint({ VpcEndpointId: id, PrivateDnsEnabled: false });
    expect((await first())?.PrivateDnsEnabled).toBe(false);
    const other = (await create()).VpcEndpoint?.VpcEndpointId;
    const back = bed.through.ec2.modifyVpcEndpoint({ VpcEndpointId: id, PrivateDnsEnabled: true });
    await expect(back).rejects.toThrow('conflicting DNS domain');
    await bed.through.ec2.deleteVpcEndpoints({ VpcEndpointIds: [other ?? ''] });
  });

  test('go back to the default policy', async () => {
    const PolicyDocument = '{"Version":"2012-10-17","Statement":[]}';
    const id = (await create({ PolicyDocument })).VpcEndpoint?.VpcEndpointId;
    expect((await first())?.PolicyDocument).toBe(PolicyDocument);
    await bed.through.ec2.modifyVpcEndpoint({ VpcEndpointId: id, ResetPolicy: true });
    expect((await first())?.PolicyDocument).toMatch(/"Action":\s*"\*"/);
  });

  test('of the gateway type move their routes with their tables', async () => {
    const second = await addRouteTable(bed.direct, { vpcId: world.vpcId });
    const id = await addEndpoint(bed.direct, {
      vpcId: world.vpcId,
      service: s3,
      type: 'Gateway',
      routeTableIds: [world.routeTableId],
    });
    const routed = async () => {
      const { RouteTables } = await bed.direct.ec2.describeRouteTables({
        RouteTableIds: [world.routeTableId, second],
      });
      return RouteTables?.filter(({ Routes }) => Routes?.some(({ GatewayId }) => GatewayId === id)).map(
        ({ RouteTableId }) => RouteTableId,
      );
    };
    await bed.through.ec2.modifyVpcEndpoint({ VpcEndpointId: id, AddRouteTableIds: [second] });
    expect((await routed())?.sort()).toEqual([world.routeTableId, second].sort());
    await bed.through.ec2.modifyVpcEndpoint({ VpcEndpointId: id, RemoveRouteTableIds: [world.routeTableId] });
    expect(await routed()).toEqual([second]);
    await bed.through.ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    expect(await routed()).toEqual([]);
  });

  test('are found by id, and those that are not there fail the call', async () => {
    const id = (await create()).VpcEndpoint?.VpcEndpointId ?? '';
    const Filters = [{ Name: 'vpc-endpoint-id', Values: [id, 'vpce-0123456789abcdef0'] }];
    expect((await bed.through.ec2.describeVpcEndpoints({ Filters })).VpcEndpoints).toHaveLength(1);
    const VpcEndpointIds = ['vpce-0123456789abcdef0'];
    await expect(bed.through.ec2.describeVpcEndpoints({ VpcEndpointIds })).rejects.toMatchObject({
      name: 'InvalidVpcEndpointId.NotFound',
    });
  });

  test('that are not there are listed as not deleted', async () => {
    const { Unsuccessful } = await bed.through.ec2.deleteVpcEndpoints({
      VpcEndpointIds: ['vpce-0123456789abcdef0'],
    });
    expect(Unsuccessful).toMatchObject([
      { ResourceId: 'vpce-0123456789abcdef0', Error: { Code: 'InvalidVpcEndpointId.NotFound' } },
    ]);
  });

  test('are not made by a DryRun', async () => {
    await expect(create({ DryRun: true })).rejects.toMatchObject({ name: 'DryRunOperation' });
    expect((await bed.direct.ec2.describeVpcEndpoints({})).VpcEndpoints).toEqual([]);
  });
});

describe('calls that moto lacks', () => {
  test('a simulation judges the policies of the role', async () => {
    const ActionNames = ['ssm:GetParameter', 'ec2:CreateNetworkInterface'];
    const { iam } = bed.through;
    const { EvaluationResults } = await iam.simulatePrincipalPolicy({
      PolicySourceArn: world.roleArn,
      ActionNames,
    });
    expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed', 'implicitDeny']);
    const { Policy } = await iam.createPolicy({
      PolicyName: 'limit',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }],
      }),
    });
    const limit = { RoleName: world.roleName, PermissionsBoundary: Policy?.Arn ?? '' };
    await iam.putRolePermissionsBoundary(limit);
    const bounded = await iam.simulatePrincipalPolicy({
      PolicySourceArn: world.roleArn,
      ActionNames: ['ssm:GetParameter'],
    });
    expect(bounded.EvaluationResults?.[0]).toMatchObject({
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    });
    const unknown = iam.simulatePrincipalPolicy({ PolicySourceArn: `${world.roleArn}-x`, ActionNames });
    await expect(unknown).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });

  test('the others say what an untouched account says', async () => {
    const { ec2, lambda } = bed.through;
    const { VpcBlockPublicAccessOptions } = await ec2.describeVpcBlockPublicAccessOptions({});
    expect(VpcBlockPublicAccessOptions?.InternetGatewayBlockMode).toBe('off');
    expect(
      (await lambda.listProvisionedConcurrencyConfigs({ FunctionName: 'app-7' }))
        .ProvisionedConcurrencyConfigs,
    ).toEqual([]);
    expect((await lambda.getAccountSettings({})).AccountLimit?.ConcurrentExecutions).toBe(1000);
  });
});
