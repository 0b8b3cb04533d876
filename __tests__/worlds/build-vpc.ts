import { addEndpoint, addNat, addRouteTable, addSubnet, given } from '../support/worlds/world.js';
import type { Site } from './build-interfaces.js';
import {
  type AclDraft,
  cidrOf,
  type EndpointDraft,
  type GroupDraft,
  type SubnetDraft,
  type VpcDraft,
} from './draft.js';
import { region } from './inputs.js';

const OURS = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };

async function buildFrame({ clients: { ec2 }, ids, proxy }: Site, vpc: VpcDraft): Promise<string> {
  const { Vpc } = await ec2.createVpc({
    CidrBlock: cidrOf(vpc),
    InstanceTenancy: vpc.tenancy,
    ...(vpc.ipv6 && { AmazonProvidedIpv6CidrBlock: true }),
    TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'Name', Value: vpc.key }] }],
  });
  const VpcId = given(Vpc?.VpcId);
  ids.set(vpc.key, VpcId);
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value: vpc.dns.support } });
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: vpc.dns.hostnames } });
  if (vpc.dnsServers.length > 0) {
    const DhcpConfigurations = [{ Key: 'domain-name-servers', Values: [...vpc.dnsServers] }];
    const { DhcpOptions } = await ec2.createDhcpOptions({ DhcpConfigurations });
    await ec2.associateDhcpOptions({ VpcId, DhcpOptionsId: given(DhcpOptions?.DhcpOptionsId) });
  }
  proxy.showNetwork(VpcId, vpc.shown);
  return VpcId;
}

async function buildTables({ clients, ids }: Site, vpc: VpcDraft, vpcId: string): Promise<void> {
  const filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'association.main', Values: ['true'] },
  ];
  const { RouteTables = [] } = await clients.ec2.describeRouteTables({ Filters: filters });
  for (const { key, isMain } of vpc.tables) {
    const id = isMain
      ? given(RouteTables[0]?.RouteTableId)
      : await addRouteTable(clients, { vpcId, name: key });
    ids.set(key, id);
  }
}

async function ipv6BlockOf({ clients }: Site, vpcId: string): Promise<string> {
  const { Vpcs = [] } = await clients.ec2.describeVpcs({ VpcIds: [vpcId] });
  return given(Vpcs[0]?.Ipv6CidrBlockAssociationSet?.[0]?.Ipv6CidrBlock);
}

async function buildSubnet(site: Site, subnet: SubnetDraft, vpcId: string, index: number): Promise<void> {
  const { clients, ids, idOf, proxy } = site;
  const { key, cidr, zone, tier, table, ipv6, shown } = subnet;
  const isOfOther = key.startsWith('other');
  const tags = isOfOther ? { Tier: 'other' } : { Tier: tier, Name: `${tier}-${index}` };
  const routeTableId = table === undefined ? undefined : idOf(table);
  const place = { vpcId, cidr, zone: `${region}${zone}`, tags, ...(routeTableId && { routeTableId }) };
  const SubnetId = await addSubnet(clients, place);
  ids.set(key, SubnetId);
  if (ipv6) {
    const block = await ipv6BlockOf(site, vpcId);
    const Ipv6CidrBlock = block.replace('00::/56', `${index.toString(16).padStart(2, '0')}::/64`);
    await clients.ec2.associateSubnetCidrBlock({ SubnetId, Ipv6CidrBlock });
  }
  if (Object.keys(shown).length > 0) proxy.showNetwork(SubnetId, shown);
}

/** Routes to an internet gateway, and to a NAT gateway in a public subnet. */
async function buildExits({ clients, idOf }: Site, vpc: VpcDraft, vpcId: string): Promise<void> {
  const open = vpc.tables.filter(({ exit }) => exit === 'internet');
  const [publicSubnet] = vpc.subnets.filter(({ tier }) => tier === 'public');
  if (open.length === 0) return;
  const { InternetGateway } = await clients.ec2.createInternetGateway({});
  const GatewayId = given(InternetGateway?.InternetGatewayId);
  await clients.ec2.attachInternetGateway({ InternetGatewayId: GatewayId, VpcId: vpcId });
  for (const { key } of open) {
    const route = { RouteTableId: idOf(key), DestinationCidrBlock: '0.0.0.0/0', GatewayId };
    await clients.ec2.createRoute(route);
  }
  for (const { key, exit } of vpc.tables) {
    if (exit !== 'nat') continue;
    await addNat(clients, { publicSubnetId: idOf(given(publicSubnet).key), routeTableId: idOf(key) });
  }
}

/** What the ACLs of careful people admit: everything inside, HTTPS outwards, and the replies. */
function entriesOf({ denies }: AclDraft, cidr: string) {
  const ports = (From: number, To: number) => ({ PortRange: { From, To } });
  const allow = { RuleAction: 'allow' as const };
  return [
    ...denies.map(({ egress, port, cidr: denied }, index) => ({
      RuleNumber: 10 + index,
      Egress: egress,
      Protocol: '6',
      RuleAction: 'deny' as const,
      CidrBlock: denied,
      ...ports(port, port),
    })),
    { ...allow, RuleNumber: 100, Egress: true, Protocol: '-1', CidrBlock: cidr },
    { ...allow, RuleNumber: 100, Egress: false, Protocol: '-1', CidrBlock: cidr },
    { ...allow, RuleNumber: 110, Egress: true, Protocol: '6', CidrBlock: '0.0.0.0/0', ...ports(443, 443) },
    {
      ...allow,
      RuleNumber: 110,
      Egress: false,
      Protocol: '6',
      CidrBlock: '0.0.0.0/0',
      ...ports(1024, 65_535),
    },
  ];
}

async function buildAcls({ clients: { ec2 }, idOf }: Site, vpc: VpcDraft, VpcId: string): Promise<void> {
  for (const acl of vpc.acls) {
    const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId });
    const NetworkAclId = given(NetworkAcl?.NetworkAclId);
    for (const entry of entriesOf(acl, cidrOf(vpc)))
      await ec2.createNetworkAclEntry({ NetworkAclId, ...entry });
    for (const { key } of vpc.subnets.filter((subnet) => subnet.acl === acl.key)) {
      const Filters = [{ Name: 'association.subnet-id', Values: [idOf(key)] }];
      const { NetworkAcls = [] } = await ec2.describeNetworkAcls({ Filters });
      const associations = NetworkAcls.flatMap(({ Associations = [] }) => Associations);
      const found = associations.find(({ SubnetId }) => SubnetId === idOf(key));
      const AssociationId = given(found?.NetworkAclAssociationId);
      await ec2.replaceNetworkAclAssociation({ NetworkAclId, AssociationId });
    }
  }
}

async function buildGroup({ clients: { ec2 }, ids }: Site, group: GroupDraft, VpcId: string): Promise<void> {
  const { GroupId } = await ec2.createSecurityGroup({
    VpcId,
    GroupName: group.name,
    Description: group.name,
  });
  ids.set(group.key, given(GroupId));
  for (const { protocol = 'tcp', port, cidr } of group.ingress) {
    const rule = { IpProtocol: protocol, FromPort: port, ToPort: port, IpRanges: [{ CidrIp: cidr }] };
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [rule] });
  }
  const Tags = Object.entries(OURS).map(([Key, Value]) => ({ Key, Value }));
  if (group.isEndpoints) await ec2.createTags({ Resources: [given(GroupId)], Tags });
}

async function buildEndpoint(site: Site, endpoint: EndpointDraft, vpcId: string): Promise<void> {
  const { clients, ids, idOf, proxy } = site;
  const { key, word, type, owner, privateDns, state } = endpoint;
  const id = await addEndpoint(clients, {
    vpcId,
    service: `com.amazonaws.${region}.${word.replace(':interface', '')}`,
    type,
    privateDns,
    ...(type === 'Interface'
      ? { subnetIds: endpoint.subnets.map(idOf), groupIds: endpoint.groups.map(idOf) }
      : { routeTableIds: endpoint.tables.map(idOf) }),
    tags: owner === 'ours' ? { ...OURS, 'vpc-lambda-action:user:0a1b2c3d': 'earlier' } : {},
  });
  ids.set(key, id);
  if (owner === 'service') proxy.markRequesterManaged(id);
  if (state !== undefined) proxy.holdEndpoint(id, state);
}

/** Builds a VPC, without the functions and the interfaces in it. */
export async function buildVpc(site: Site, vpc: VpcDraft): Promise<void> {
  const vpcId = await buildFrame(site, vpc);
  await buildTables(site, vpc, vpcId);
  for (const [index, subnet] of vpc.subnets.entries()) await buildSubnet(site, subnet, vpcId, index);
  await buildExits(site, vpc, vpcId);
  await buildAcls(site, vpc, vpcId);
  for (const group of vpc.groups) await buildGroup(site, group, vpcId);
  for (const endpoint of vpc.endpoints) await buildEndpoint(site, endpoint, vpcId);
}
