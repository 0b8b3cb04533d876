import { describe, expect, it } from '@jest/globals';
import { readAliases } from '../../src/resources/alias.js';
import { readFunctionTags } from '../../src/resources/function.js';
import { readNetworkAcls } from '../../src/resources/network-acl.js';
import { readProvisionedConcurrency } from '../../src/resources/provisioned-concurrency.js';
import { readSecurityGroups } from '../../src/resources/security-group.js';
import { readSubnets } from '../../src/resources/subnet.js';
import { readDnsAttributes, readDnsServers, readVpcs } from '../../src/resources/vpc.js';
import { isLiving, readVpcEndpoints, toVpcEndpoint } from '../../src/resources/vpc-endpoint.js';
import { readEndpointServices } from '../../src/resources/vpc-endpoint-service.js';
import { fakeAws } from '../builders/fake-aws.js';

describe('what else is read', () => {
  it('security groups, rules sorted so that equal groups are equal values', async () => {
    const one = [
      {
        IpProtocol: 'tcp',
        FromPort: 1,
        ToPort: 1,
        IpRanges: [{ CidrIp: '10.2.0.0/16' }, { CidrIp: '10.1.0.0/16' }],
      },
    ];
    const other = [
      { IpProtocol: '6', FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: '10.1.0.0/16' }] },
      { IpProtocol: 'tcp', FromPort: 1, ToPort: 1, IpRanges: [{ CidrIp: '10.2.0.0/16' }] },
    ];
    const read = async (permissions: object[]) =>
      readSecurityGroups(
        fakeAws({
          'ec2:DescribeSecurityGroups': {
            SecurityGroups: [
              { GroupId: 'sg-1', IpPermissions: permissions, IpPermissionsEgress: permissions },
            ],
          },
        }),
        'vpc-1',
      );
    expect(await read(one)).toEqual(await read(other));
  });

  it('VPCs with every associated range, and none that is going', async () => {
    const aws = fakeAws({
      'ec2:DescribeVpcs': {
        Vpcs: [
          {
            VpcId: 'vpc-1',
            CidrBlock: '10.0.0.0/16',
            CidrBlockAssociationSet: [
              { CidrBlock: '10.0.0.0/16', CidrBlockState: { State: 'associated' } },
              { CidrBlock: '10.1.0.0/16', CidrBlockState: { State: 'associated' } },
              { CidrBlock: '10.2.0.0/16', CidrBlockState: { State: 'disassociated' } },
            ],
            Ipv6CidrBlockAssociationSet: [
              { Ipv6CidrBlock: '2001:db8::/56', Ipv6CidrBlockState: { State: 'associated' } },
              { Ipv6CidrBlock: '2001:db9::/56', Ipv6CidrBlockState: { State: 'disassociating' } },
            ],
          },
        ],
      },
    });
    expect(await readVpcs(aws)).toMatchObject([
      { cidrs: ['10.0.0.0/16', '10.1.0.0/16'], ipv6Cidrs: ['2001:db8::/56'], tenancy: 'default' },
    ]);
  });

  it.each([
    [[{ Key: 'domain-name-servers', Values: [{ Value: 'AmazonProvidedDNS' }] }], undefined],
    [[{ Key: 'domain-name', Values: [{ Value: 'corp' }] }], undefined],
    [
      [{ Key: 'domain-name-servers', Values: [{ Value: '10.0.0.9' }, { Value: '10.0.0.8' }] }],
      ['10.0.0.9', '10.0.0.8'],
    ],
    [
      [{ Key: 'domain-name-servers', Values: [{ Value: '10.0.0.9' }, { Value: 'AmazonProvidedDNS' }] }],
      ['10.0.0.9', 'AmazonProvidedDNS'],
    ],
  ])('domain name servers of %j: %j', async (DhcpConfigurations, servers) => {
    const aws = fakeAws({ 'ec2:DescribeDhcpOptions': { DhcpOptions: [{ DhcpConfigurations }] } });
    expect(await readDnsServers(aws, 'dopt-1')).toEqual(servers);
  });

  it('DNS attributes, each of its own request', async () => {
    const aws = fakeAws({
      'ec2:DescribeVpcAttribute': ({ Attribute }) =>
        Attribute === 'enableDnsSupport'
          ? { EnableDnsSupport: { Value: true } }
          : { EnableDnsHostnames: { Value: false } },
    });
    expect(await readDnsAttributes(aws, 'vpc-1')).toEqual({ support: true, hostnames: false });
  });

  it('subnets, sorted, with their Name tag', async () => {
    const aws = fakeAws({
      'ec2:DescribeSubnets': {
        Subnets: [
          { SubnetId: 'subnet-2' },
          {
            SubnetId: 'subnet-1',
            Tags: [{ Key: 'Name', Value: 'a' }],
            OutpostArn: 'arn:x',
            Ipv6Native: true,
            State: 'pending',
          },
        ],
      },
    });
    const subnets = await readSubnets(aws);
    expect(subnets.map(({ id }) => id)).toEqual(['subnet-1', 'subnet-2']);
    expect(subnets[0]).toMatchObject({ name: 'a', outpost: true, ipv6Native: true, state: 'pending' });
  });

  it('network ACLs in the order they are judged', async () => {
    const entry = (RuleNumber: number, Egress: boolean) => ({
      RuleNumber,
      Egress,
      Protocol: '6',
      RuleAction: 'deny',
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 1, To: 2 },
    });
    const aws = fakeAws({
      'ec2:DescribeNetworkAcls': {
        NetworkAcls: [
          {
            NetworkAclId: 'acl-1',
            Entries: [entry(32_767, false), entry(100, true), entry(100, false)],
            Associations: [{ SubnetId: 'subnet-1' }],
          },
        ],
      },
    });
    const [acl] = await readNetworkAcls(aws, 'vpc-1');
    expect(acl?.entries.map(({ number, egress }) => [number, egress])).toEqual([
      [100, false],
      [32_767, false],
      [100, true],
    ]);
    expect(acl?.entries[0]).toEqual({
      number: 100,
      egress: false,
      allow: false,
      protocol: 'tcp',
      ports: { from: 1, to: 2 },
      cidr: '0.0.0.0/0',
    });
  });

  it('aliases that point at published versions, weighted ones included', async () => {
    const aws = fakeAws({
      'lambda:ListAliases': {
        Aliases: [
          { Name: 'live', FunctionVersion: '10', RoutingConfig: { AdditionalVersionWeights: { '9': 0.1 } } },
          { Name: 'head', FunctionVersion: '$LATEST' },
        ],
      },
    });
    expect(await readAliases(aws, 'app-7')).toEqual([{ name: 'live', versions: ['9', '10'] }]);
  });
});

describe('what rules need besides', () => {
  it('provisioned concurrency, by alias or version', async () => {
    const arn = 'arn:aws:lambda:us-east-2:123456789012:function:app-7';
    const aws = fakeAws({
      'lambda:ListProvisionedConcurrencyConfigs': {
        ProvisionedConcurrencyConfigs: [
          { FunctionArn: `${arn}:live`, RequestedProvisionedConcurrentExecutions: 5 },
          { FunctionArn: `${arn}:7`, RequestedProvisionedConcurrentExecutions: 1 },
        ],
      },
    });
    expect(await readProvisionedConcurrency(aws, 'app-7')).toEqual([
      { qualifier: '7', requested: 1 },
      { qualifier: 'live', requested: 5 },
    ]);
  });

  it('tags of a function; none where AWS answers none', async () => {
    const arn = 'arn:aws:lambda:us-east-2:123456789012:function:app-7';
    const aws = fakeAws({ 'lambda:ListTags': { Tags: { ManagedBy: 'Terraform' } } });
    expect(await readFunctionTags(aws, arn)).toEqual({ ManagedBy: 'Terraform' });
    expect(aws.sent).toEqual([{ action: 'lambda:ListTags', input: { Resource: arn } }]);
    expect(await readFunctionTags(fakeAws({ 'lambda:ListTags': {} }), arn)).toEqual({});
  });

  it.each([
    [undefined, false],
    [{ Mode: 'monitor' }, false],
    [{ Mode: 'enforce' }, true],
    [{ Mode: 'enforce', ResourceExclusions: { Lambda: { State: 'disabled' } } }, true],
    [{ Mode: 'enforce', ResourceExclusions: { Lambda: { State: 'enabling' } } }, true],
    [{ Mode: 'enforce', ResourceExclusions: { Lambda: { State: 'enabled' } } }, false],
  ])('encryption control %j keeps functions out: %s', async (EncryptionControl, encryptionEnforced) => {
    const aws = fakeAws({ 'ec2:DescribeVpcs': { Vpcs: [{ VpcId: 'vpc-1', EncryptionControl }] } });
    expect(await readVpcs(aws)).toMatchObject([{ encryptionEnforced }]);
  });
});

it.each([
  [undefined, undefined],
  [{ InternetGatewayBlockMode: 'block-bidirectional' }, 'block-bidirectional'],
])('Block Public Access of a VPC %j is %s', async (BlockPublicAccessStates, blockPublicAccess) => {
  const aws = fakeAws({ 'ec2:DescribeVpcs': { Vpcs: [{ VpcId: 'vpc-1', BlockPublicAccessStates }] } });
  expect((await readVpcs(aws)).map((vpc) => vpc.blockPublicAccess)).toEqual([blockPublicAccess]);
});

describe('endpoints', () => {
  it('have states in lower case, whatever AWS writes', () => {
    expect(toVpcEndpoint({ State: 'PendingAcceptance' as 'Pending' }).state).toBe('pendingacceptance');
    expect(toVpcEndpoint({ State: 'Available' }).state).toBe('available');
  });

  it('are gateways where AWS says nothing, as its default is', () => {
    expect(toVpcEndpoint({}).type).toBe('Gateway');
  });

  it('are left out once deleted', async () => {
    const aws = fakeAws({
      'ec2:DescribeVpcEndpoints': {
        VpcEndpoints: [
          { VpcEndpointId: 'vpce-2', State: 'Deleted' },
          { VpcEndpointId: 'vpce-1', State: 'Deleting' },
        ],
      },
    });
    expect((await readVpcEndpoints(aws)).map(({ id }) => id)).toEqual(['vpce-1']);
  });

  it.each([
    ['available', true],
    ['pending', true],
    ['pendingacceptance', true],
    ['partial', true],
    ['deleting', false],
    ['failed', false],
    ['rejected', false],
    ['expired', false],
  ])('%s lives: %s', (state, lives) => {
    expect(isLiving({ ...toVpcEndpoint({}), state })).toBe(lives);
  });

  it('tell why they failed', () => {
    expect(toVpcEndpoint({ LastError: { Message: 'no room' } }).lastError).toBe('no room');
    expect(toVpcEndpoint({ FailureReason: 'why' }).lastError).toBe('why');
  });
});

describe('the catalogue', () => {
  it('services, one entry for a name that has two types', async () => {
    const aws = fakeAws({
      'ec2:DescribeVpcEndpointServices': {
        ServiceDetails: [
          { ServiceName: 's3', ServiceType: [{ ServiceType: 'Gateway' }], AvailabilityZones: ['b', 'a'] },
          {
            ServiceName: 's3',
            ServiceType: [{ ServiceType: 'Interface' }],
            AvailabilityZones: ['c', 'a'],
            PrivateDnsNames: [{ PrivateDnsName: 's3.x' }],
          },
          { ServiceName: 'nameless', ServiceType: [{ ServiceType: 'Interface' }], PrivateDnsNames: [] },
        ],
      },
    });
    expect(await readEndpointServices(aws, ['s3', 'nameless'], () => true)).toEqual([
      { name: 'nameless', types: ['Interface'], zones: [], privateDns: false, privateNames: [] },
      {
        name: 's3',
        types: ['Gateway', 'Interface'],
        zones: ['a', 'b', 'c'],
        privateDns: true,
        privateNames: ['s3.x'],
      },
    ]);
  });
});
