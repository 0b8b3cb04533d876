import { describe, expect, it } from '@jest/globals';
import { targetKindOf, targetText } from '../../src/resources/route-target.js';

describe('the target of a route', () => {
  it.each([
    ['local', 'local', 'local'],
    ['igw-0a', 'internet-gateway', 'internet gateway igw-0a'],
    ['nat-0a', 'nat-gateway', 'NAT gateway nat-0a'],
    ['eigw-0a', 'egress-only-internet-gateway', 'egress-only internet gateway eigw-0a'],
    ['tgw-0a', 'transit-gateway', 'transit gateway tgw-0a'],
    ['vgw-0a', 'virtual-private-gateway', 'virtual private gateway vgw-0a'],
    ['pcx-0a', 'vpc-peering', 'peering connection pcx-0a'],
    ['eni-0a', 'network-interface', 'network interface eni-0a'],
    ['i-0a', 'network-interface', 'instance i-0a'],
    ['vpce-0a', 'gateway-load-balancer-endpoint', 'gateway load balancer endpoint vpce-0a'],
    ['lgw-0a', 'other', 'local gateway lgw-0a'],
    ['cagw-0a', 'other', 'carrier gateway cagw-0a'],
    ['arn:aws:networkmanager::123456789012:core-network/x', 'other', undefined],
  ])('%s is of kind %s', (id, kind, text) => {
    expect([targetKindOf(id), targetText(id)]).toEqual([kind, text ?? id]);
  });
});
