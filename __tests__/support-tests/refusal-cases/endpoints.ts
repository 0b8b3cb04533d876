import {
  addEndpoint,
  addRouteTable,
  addSecurityGroup,
  addSubnet,
  addVpc,
  given as sure,
} from '../../support/worlds/world.js';
import { createGateway, createInterface, type RefusalCase, type Stage } from './case.js';

const logs = 'com.amazonaws.us-east-2.logs';
const s3 = 'com.amazonaws.us-east-2.s3';

function foreignLogs({ bed, world, groupId }: Stage, more: Record<string, unknown> = {}): Promise<string> {
  const [subnetId = ''] = world.subnetIds;
  return addEndpoint(bed.direct, {
    vpcId: world.vpcId,
    service: logs,
    subnetIds: [subnetId],
    groupIds: [groupId],
    ...more,
  });
}

async function otherVpc({ bed }: Stage) {
  const vpcId = await addVpc(bed.direct, { cidr: '10.9.0.0/16' });
  const subnetId = await addSubnet(bed.direct, { vpcId, cidr: '10.9.1.0/24', zone: 'us-east-2b' });
  const groupId = await addSecurityGroup(bed.direct, { vpcId, name: 'other' });
  const routeTableId = await addRouteTable(bed.direct, { vpcId });
  return { vpcId, subnetId, groupId, routeTableId };
}

/** A second subnet in the zone of the first. */
function twin({ bed, world }: Stage, cidr = '12.25.15.96/28'): Promise<string> {
  return addSubnet(bed.direct, { vpcId: world.vpcId, cidr, zone: 'us-east-2a' });
}

/** Cases about services, types and tokens. */
export const serviceCases: readonly RefusalCase[] = [
  {
    id: 'client-token-reused',
    code: 'IdempotentParameterMismatch',
    given: (stage) => createInterface(stage, { ClientToken: 'token' }),
    refused: (stage) =>
      createInterface(stage, { ClientToken: 'token', SubnetIds: stage.world.subnetIds.slice(1) }),
    accepted: (stage) => createInterface(stage, { ClientToken: 'token' }),
  },
  {
    id: 'unknown-service',
    code: 'InvalidServiceName',
    message: /The Vpc Endpoint Service 'com\.amazonaws\.us-east-2\.lgs' does not exist/,
    refused: (stage) => createInterface(stage, { ServiceName: 'com.amazonaws.us-east-2.lgs' }),
    accepted: (stage) => createInterface(stage),
  },
  {
    id: 'service-type',
    code: 'InvalidParameter',
    message: /Endpoint type \(Gateway\) does not match available service types \(\[Interface\]\)/,
    refused: (stage) => createGateway(stage, { ServiceName: logs, VpcEndpointType: undefined }),
    accepted: (stage) => createGateway(stage, { VpcEndpointType: undefined }),
  },
  {
    id: 'type-parameters',
    code: 'InvalidParameter',
    message: /Subnet IDs are only supported for Interface/,
    refused: (stage) => createGateway(stage, { SubnetIds: stage.world.subnetIds }),
    accepted: (stage) => createGateway(stage),
  },
  {
    id: 'endpoint-policy-json',
    code: 'InvalidPolicyDocument',
    refused: (stage) => createInterface(stage, { PolicyDocument: '{' }),
    accepted: (stage) => createInterface(stage, { PolicyDocument: '{"Statement": []}' }),
  },
  {
    id: 'endpoint-policy-size',
    code: 'PolicySizeExceeded',
    refused: (stage) =>
      createInterface(stage, { PolicyDocument: JSON.stringify({ Statement: [], Id: 'x'.repeat(20_480) }) }),
    accepted: (stage) =>
      createInterface(stage, { PolicyDocument: JSON.stringify({ Statement: [], Id: 'x'.repeat(20_000) }) }),
  },
  {
    id: 'interface-endpoints-per-vpc',
    code: 'VpcEndpointLimitExceeded',
    limit: true,
    given: async (stage) => {
      const services = (await stage.bed.direct.ec2.describeVpcEndpointServices({})).ServiceNames ?? [];
      const others = services.filter((name) => !name.endsWith('.logs')).slice(0, 49);
      for (const service of others) await foreignLogs(stage, { service, subnetIds: [], privateDns: false });
    },
    accepted: (stage) => createInterface(stage),
    refused: (stage) => createInterface(stage, { ServiceName: 'com.amazonaws.us-east-2.ssm' }),
  },
  {
    id: 'gateway-endpoints-per-region',
    code: 'VpcEndpointLimitExceeded',
    limit: true,
    given: async ({ bed, world: { vpcId } }) => {
      for (let count = 0; count < 19; count += 1)
        await addEndpoint(bed.direct, { vpcId, service: s3, type: 'Gateway' });
    },
    accepted: (stage) => createGateway(stage),
    refused: (stage) => createGateway(stage, { ServiceName: 'com.amazonaws.us-east-2.dynamodb' }),
  },
];

/** Cases about subnets and groups of interface endpoints. */
export const endpointNetworkCases: readonly RefusalCase[] = [
  {
    id: 'endpoint-subnet-unknown',
    code: 'InvalidSubnetID.NotFound',
    given: foreignLogs,
    refused: async (stage) => modifyFirst(stage, { AddSubnetIds: ['subnet-0123456789abcdef0'] }),
    accepted: async (stage) => modifyFirst(stage, { AddSubnetIds: stage.world.subnetIds.slice(1) }),
  },
  {
    id: 'endpoint-subnet-of-other-vpc',
    code: 'InvalidParameter',
    refused: async (stage) => createInterface(stage, { SubnetIds: [(await otherVpc(stage)).subnetId] }),
    accepted: (stage) => createInterface(stage),
  },
  {
    id: 'subnets-in-same-zone',
    code: 'DuplicateSubnetsInSameZone',
    message: /Found another VPC endpoint subnet in the availability zone of subnet-[0-9a-f]+\./,
    refused: async (stage) =>
      createInterface(stage, { SubnetIds: [...stage.world.subnetIds, await twin(stage)] }),
    accepted: (stage) => createInterface(stage),
  },
  {
    id: 'zone-not-supported',
    code: 'InvalidParameter',
    message: /does not support the availability zone of the subnet: subnet-/,
    given: async ({ bed }) =>
      bed.proxy.setOptions({ serviceZones: { [logs]: ['us-east-2a', 'us-east-2b'] } }),
    refused: (stage) => createInterface(stage),
    accepted: (stage) => createInterface(stage, { SubnetIds: stage.world.subnetIds.slice(0, 2) }),
  },
  {
    id: 'no-free-addresses',
    code: 'InsufficientFreeAddressesInSubnet',
    given: fillTwin,
    refused: async (stage) => createInterface(stage, { SubnetIds: [await twinId(stage)] }),
    accepted: (stage) => createInterface(stage, { SubnetIds: [...stage.world.subnetIds] }),
  },
  {
    id: 'endpoint-group',
    code: 'InvalidParameter',
    message: /Security group sg-[0-9a-f]+ and subnet subnet-[0-9a-f]+ belong to different networks/,
    refused: async (stage) => createInterface(stage, { SecurityGroupIds: [(await otherVpc(stage)).groupId] }),
    accepted: (stage) => createInterface(stage),
  },
  {
    id: 'groups-per-interface',
    code: 'SecurityGroupsPerInterfaceLimitExceeded',
    refused: async (stage) => createInterface(stage, { SecurityGroupIds: await groups(stage, 6, 'f') }),
    accepted: async (stage) => createInterface(stage, { SecurityGroupIds: await groups(stage, 5, 's') }),
  },
  {
    id: 'last-endpoint-group',
    code: 'InvalidParameter',
    given: foreignLogs,
    refused: (stage) => modifyFirst(stage, { RemoveSecurityGroupIds: [stage.groupId] }),
    accepted: async (stage) => {
      const added = await addSecurityGroup(stage.bed.direct, { vpcId: stage.world.vpcId, name: 'second' });
      await modifyFirst(stage, { AddSecurityGroupIds: [added], RemoveSecurityGroupIds: [stage.groupId] });
    },
  },
  {
    id: 'requester-managed-endpoint',
    code: 'OperationNotPermitted',
    given: async (stage) => stage.bed.proxy.markRequesterManaged(await foreignLogs(stage)),
    refused: (stage) => modifyFirst(stage, { AddSubnetIds: stage.world.subnetIds.slice(1) }),
    accepted: (stage) => createInterface(stage, { ServiceName: 'com.amazonaws.us-east-2.ssm' }),
  },
];

/** Cases about private DNS and routes. */
export const nameAndRouteCases: readonly RefusalCase[] = [
  {
    id: 'service-without-private-dns',
    code: 'InvalidParameter',
    given: async ({ bed }) => bed.proxy.setOptions({ servicesWithoutPrivateDns: [logs] }),
    refused: (stage) => createInterface(stage),
    accepted: (stage) => createInterface(stage, { PrivateDnsEnabled: false }),
  },
  {
    id: 'vpc-dns-attributes',
    code: 'InvalidParameter',
    message: /Enabling private DNS requires both enableDnsSupport and enableDnsHostnames .* for vpc-/,
    given: ({ bed, world }) =>
      bed.direct.ec2.modifyVpcAttribute({ VpcId: world.vpcId, EnableDnsHostnames: { Value: false } }),
    refused: (stage) => createInterface(stage),
    accepted: (stage) => createInterface(stage, { PrivateDnsEnabled: false }),
  },
  {
    id: 'private-dns-conflict',
    code: 'InvalidParameter',
    message: /already a conflicting DNS domain for logs\.us-east-2\.amazonaws\.com in the VPC vpc-/,
    given: foreignLogs,
    refused: (stage) => createInterface(stage),
    accepted: (stage) => createInterface(stage, { PrivateDnsEnabled: false }),
  },
  {
    id: 'inbound-only-private-dns',
    code: 'InvalidParameter',
    message:
      /To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC vpc-[0-9a-f]+ must have a Gateway/,
    refused: (stage) => createInterface(stage, { ServiceName: s3 }),
    accepted: (stage) =>
      createInterface(stage, {
        ServiceName: s3,
        DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: false },
      }),
  },
  {
    id: 'endpoint-route-table',
    code: 'InvalidParameter',
    refused: async (stage) => createGateway(stage, { RouteTableIds: [(await otherVpc(stage)).routeTableId] }),
    accepted: (stage) => createGateway(stage),
  },
  {
    id: 'route-exists',
    code: 'RouteAlreadyExists',
    message: /route table rtb-[0-9a-f]+ already has a route with destination-prefix-list-id pl-/,
    given: ({ bed, world }) =>
      addEndpoint(bed.direct, {
        vpcId: world.vpcId,
        service: s3,
        type: 'Gateway',
        routeTableIds: [world.routeTableId],
      }),
    refused: (stage) => createGateway(stage),
    accepted: async (stage) => {
      const table = await addRouteTable(stage.bed.direct, { vpcId: stage.world.vpcId });
      await createGateway(stage, { RouteTableIds: [table] });
    },
  },
];

async function groups({ bed, world }: Stage, count: number, prefix: string): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  return Promise.all(names.map((name) => addSecurityGroup(bed.direct, { vpcId: world.vpcId, name })));
}

async function modifyFirst({ bed }: Stage, changes: Record<string, unknown>): Promise<unknown> {
  const [endpoint] = (await bed.direct.ec2.describeVpcEndpoints({})).VpcEndpoints ?? [];
  return bed.through.ec2.modifyVpcEndpoint({ VpcEndpointId: endpoint?.VpcEndpointId, ...changes });
}

/** A subnet of 16 addresses has 11 for its interfaces. */
async function fillTwin(stage: Stage): Promise<void> {
  const SubnetId = await twin(stage);
  for (let used = 0; used < 11; used += 1) await stage.bed.direct.ec2.createNetworkInterface({ SubnetId });
}

async function twinId({ bed }: Stage): Promise<string> {
  const Filters = [{ Name: 'cidr-block', Values: ['12.25.15.96/28'] }];
  return sure((await bed.direct.ec2.describeSubnets({ Filters })).Subnets?.[0]?.SubnetId);
}
