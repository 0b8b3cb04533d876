import { describe, expect, it } from '@jest/globals';
import { id } from '../builders/ids.js';
import { plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';
import { judged, remedyOf, shown } from './judged.js';

const NAT = id('nat', 1);
const [S1, S2] = [id('subnet', 1), id('subnet', 2)];
const [G1, G2] = [id('sg', 1), id('sg', 2)];
const kept = { 'security-groups': G1 };

const found = (made: World, wish: Record<string, string>): string[] =>
  plan(made, wish).findings.map(({ code, severity }) => `${severity} ${code}`);

const placed = (...subnets: string[]): World =>
  world().vpc().privateSubnets(1).privateSubnets(1, 'tgw-1').group('app').placed([G1], subnets);

describe('what is stopped for certain', () => {
  it('stops the run from one subnet, though another one leads out of sight', () => {
    const asked = { ...kept, reaches: 'tcp 443 192.168.1.1' };
    expect(found(placed(S1, S2), asked)).toEqual(['error reach-blocked', 'warning reach-unknown']);
    expect(found(placed(S2), asked)).toEqual(['warning reach-unknown']);
  });

  it('is lost where a group of others admits the function by the group that it gives up', () => {
    const made = world()
      .vpc()
      .privateSubnets(1, NAT)
      .privateSubnets(1)
      .group('app')
      .placed([G1], [S1])
      .group('db', { ingress: [rule(`tcp 5432 ${G1}`)] })
      .interfaces({ subnetId: S2, groupIds: [G2], addresses: ['10.1.2.9'] });
    const moved = {
      'security-groups': 'managed',
      egress: `tcp 5432 ${G2}\ntcp 443 0.0.0.0/0`,
      allow: 'replace-network:app-7',
    };
    expect(found(made, moved)).toEqual(['error reach-lost']);
  });

  it('is an endpoint that waits for acceptance, whatever else changes at it', () => {
    const tags = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
    const made = world()
      .vpc()
      .privateSubnets(2)
      .endpoint('logs', { state: 'pendingacceptance', subnetIds: [S1], tags });
    const wish = { subnets: `${S1}, ${S2}`, endpoints: 'logs' };
    expect(shown(judged(made, wish, 'logs').after)).toMatch(/^blocked 2\/2 BAD_STATE/);
  });
});

describe('what nobody can tell', () => {
  it('is a service of others without a private name, whose name is not public', () => {
    const service = 'com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0';
    const made = world()
      .vpc()
      .privateSubnets(1, NAT)
      .group('app')
      .placed([G1], [S1])
      .endpoint(service, { serviceName: service, privateDns: false, groupIds: [G1], subnetIds: [S1] });
    const { after } = judged(made, { ...kept, reaches: service }, 'vpce-svc-0123456789abcdef0');
    expect(shown(after)).toBe('unknown 1/1');
  });
});

describe('a missing route', () => {
  const made = world()
    .vpc({ ipv6Cidrs: ['2001:db8:1::/56'] })
    .subnet({ ipv6Cidrs: ['2001:db8:1::/64'] })
    .table([S1], undefined, { routes: [] })
    .group('app', { egress: [rule('all 0.0.0.0/0'), rule('all ::/0')] })
    .placed([G1], [S1])
    .privateSubnets(1, NAT);

  it('to a private address is not one to a NAT gateway', () => {
    const asked = 'tcp 5432 192.168.5.5';
    expect(remedyOf(judged(made, { ...kept, reaches: asked }, asked).after)).toMatch(
      /^Add a route to 192\.168\.5\.5\/32 to rtb-\w+ through the peering connection or transit gateway/,
    );
  });

  it('for IPv6 is one to an egress-only internet gateway', () => {
    const asked = 'tcp 443 ::/0';
    expect(remedyOf(judged(made, { ...kept, ipv6: 'true', reaches: asked }, asked).after)).toMatch(
      /^Run `aws ec2 create-route --route-table-id rtb-\w+ --destination-ipv6-cidr-block ::\/0 --egress-only-internet-gateway-id /,
    );
  });
});
