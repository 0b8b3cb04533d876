import { describe, expect, it } from '@jest/globals';
import { readNatGateways } from '../../src/resources/nat-gateway.js';
import { readNetworkInterfaces } from '../../src/resources/network-interface.js';
import { readPrefixListRanges } from '../../src/resources/prefix-list.js';
import { holdsPrivateName, privateDnsText, toVpcEndpoint } from '../../src/resources/vpc-endpoint.js';
import { fakeAws } from '../builders/fake-aws.js';

describe('what tells where functions get to', () => {
  it('NAT gateways, zonal and regional', async () => {
    const aws = fakeAws({
      'ec2:DescribeNatGateways': {
        NatGateways: [
          { NatGatewayId: 'nat-2', SubnetId: 'subnet-1', ConnectivityType: 'private', State: 'available' },
          { NatGatewayId: 'nat-1', ConnectivityType: 'public', State: 'deleted' },
        ],
      },
    });
    expect(await readNatGateways(aws, 'vpc-1')).toEqual([
      { id: 'nat-1', subnetId: undefined, connectivity: 'public', state: 'deleted' },
      { id: 'nat-2', subnetId: 'subnet-1', connectivity: 'private', state: 'available' },
    ]);
  });

  it('the ranges of a prefix list', async () => {
    const aws = fakeAws({
      'ec2:GetManagedPrefixListEntries': { Entries: [{ Cidr: '52.2.0.0/16' }, { Cidr: '3.5.0.0/16' }] },
    });
    expect(await readPrefixListRanges(aws, 'pl-1')).toEqual(['3.5.0.0/16', '52.2.0.0/16']);
  });

  it('the addresses of interfaces, each once', async () => {
    const aws = fakeAws({
      'ec2:DescribeNetworkInterfaces': {
        NetworkInterfaces: [
          {
            NetworkInterfaceId: 'eni-1',
            PrivateIpAddress: '10.0.0.4',
            PrivateIpAddresses: [{ PrivateIpAddress: '10.0.0.4' }, { PrivateIpAddress: '10.0.0.5' }],
            Ipv6Addresses: [{ Ipv6Address: '2001:db8::4' }],
          },
        ],
      },
    });
    expect(await readNetworkInterfaces(aws, 'vpc-1')).toMatchObject([
      { addresses: ['10.0.0.4', '10.0.0.5', '2001:db8::4'] },
    ]);
  });

  const full = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };

  it.each([
    ['none', undefined, true],
    ['an empty one', '', true],
    ['the one of AWS’s', JSON.stringify({ Statement: [full] }), true],
    ['the same with an id', JSON.stringify({ Statement: [{ ...full, Sid: 'x' }] }), true],
    ['the same without a list', JSON.stringify({ Statement: full }), true],
    ['one with a condition', JSON.stringify({ Statement: [{ ...full, Condition: {} }] }), false],
    ['one that denies as well', JSON.stringify({ Statement: [full, { ...full, Effect: 'Deny' }] }), false],
    ['one for a service', JSON.stringify({ Statement: [{ ...full, Action: 's3:*' }] }), false],
    ['one that is no JSON', '{', false],
  ])('the policy of an endpoint: %s', (_name, PolicyDocument, fullAccess) => {
    const endpoint = { VpcEndpointId: 'vpce-1', ...(PolicyDocument === undefined ? {} : { PolicyDocument }) };
    const { policy, addressType } = toVpcEndpoint(endpoint);
    expect({ fullAccess: policy === undefined, addressType }).toEqual({ fullAccess, addressType: 'ipv4' });
  });

  it('the private names of an endpoint, without its own', () => {
    const DnsEntries = [
      { DnsName: 'vpce-1-x.ssm.us-east-2.vpce.amazonaws.com' },
      { DnsName: 'ssm.us-east-2.amazonaws.com' },
    ];
    const on = {
      VpcEndpointId: 'vpce-1',
      PrivateDnsEnabled: true,
      DnsEntries,
      IpAddressType: 'dualstack' as const,
    };
    expect(toVpcEndpoint(on)).toMatchObject({
      privateNames: ['ssm.us-east-2.amazonaws.com'],
      addressType: 'dualstack',
    });
    expect(toVpcEndpoint({ ...on, PrivateDnsEnabled: false }).privateNames).toEqual([]);
  });

  it.each([
    [undefined, undefined, false, false, 'off'],
    [true, undefined, true, false, 'on'],
    [true, false, true, false, 'on'],
    [true, true, false, true, 'on for inbound resolver endpoints alone'],
    [false, true, false, false, 'off'],
  ])(
    'private DNS that is %s, for inbound resolvers alone %s',
    (isOn, isInbound, privateDns, inboundDnsOnly, text) => {
      const endpoint = toVpcEndpoint({
        VpcEndpointId: 'vpce-1',
        ...(isOn === undefined ? {} : { PrivateDnsEnabled: isOn }),
        ...(isInbound === undefined
          ? {}
          : { DnsOptions: { PrivateDnsOnlyForInboundResolverEndpoint: isInbound } }),
      });
      expect(endpoint).toMatchObject({ privateDns, inboundDnsOnly });
      expect(privateDnsText(endpoint)).toBe(text);
      expect(holdsPrivateName(endpoint)).toBe(isOn === true);
    },
  );
});
