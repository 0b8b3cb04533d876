import { describe, expect, it } from '@jest/globals';
import type { AwsProblem } from '../../src/model/problem.js';
import { isBlocked } from '../../src/plan/make-plan.js';
import { connected } from '../builders/connected.js';
import { id, OTHER_ACCOUNT } from '../builders/ids.js';
import { consentsOf, errorsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { networkInterface, type World, world } from '../builders/world.js';

const NAT = id('nat', 1);
const G1 = id('sg', 1);
const [S1, S2] = [id('subnet', 1), id('subnet', 2)];
const UUID = '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const denied: AwsProblem = {
  kind: 'denied',
  code: 'permission-missing',
  awsCode: 'x',
  action: 'ec2:DescribeNetworkInterfaces',
  message: 'No.',
  remedy: 'Allow it.',
};
const bare = (): World => world().vpc().privateSubnets(2);
const crowded = (): World => bare().interfaces({ type: 'interface', description: 'a database' });

const needed = (made: World, wish: Record<string, string>): string[] =>
  consentsOf(plan(made, { subnets: 'private', ...wish }));

describe('redirecting a service’s name', () => {
  it.each<[string, World, string[]]>([
    ['needs none where nobody is', bare(), []],
    ['needs one where a workload is', crowded(), ['private-dns-redirect:logs']],
    [
      'needs one where a function is',
      bare().interfaces({ type: 'lambda', description: `AWS Lambda VPC ENI-other-${UUID}` }),
      ['private-dns-redirect:logs'],
    ],
    [
      'needs one where a function is whose name begins like this one’s',
      bare().interfaces({ type: 'lambda', description: `AWS Lambda VPC ENI-app-7-blue-${UUID}` }),
      ['private-dns-redirect:logs'],
    ],
    [
      'needs none where only the function itself is',
      bare().interfaces({ type: 'lambda', description: `AWS Lambda VPC ENI-app-7-${UUID}` }),
      [],
    ],
    [
      'needs none where only NAT gateways and endpoints are',
      bare().interfaces({ type: 'nat_gateway' }, { type: 'vpc_endpoint' }),
      [],
    ],
    [
      'needs one where that was not looked up',
      bare().with({ interfaces: undefined }),
      ['private-dns-redirect:logs'],
    ],
    [
      'needs one where that could not be read',
      bare().with({ interfaces: { ok: false, problem: denied } }),
      ['private-dns-redirect:logs'],
    ],
    [
      'needs one where a subnet is another account’s, whose interfaces nobody sees',
      bare().privateSubnets(1, undefined, { ownerId: OTHER_ACCOUNT }),
      ['private-dns-redirect:logs'],
    ],
  ])('%s', (_name, made, consents) => {
    expect(needed(made, { endpoints: 'logs' })).toEqual(consents);
  });

  it('needs none where only another function of the run is, whatever keeps it out of the plan', () => {
    const made = bare().interfaces({ type: 'lambda', description: `AWS Lambda VPC ENI-app-8-${UUID}` });
    const both = { 'function-name': 'app-7, app-8', 'resource-name': 'apps', endpoints: 'logs' };
    expect(needed(made, both)).toEqual([]);
  });

  it('needs none without private DNS, or where the endpoint stands', () => {
    expect(needed(crowded(), { endpoints: 'logs', 'private-dns': 'false' })).toEqual([]);
    const open = crowded()
      .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] })
      .endpoint('logs', { groupIds: [G1] });
    expect(needed(open, { endpoints: 'logs' })).toEqual([]);
  });

  it('always needs one for execute-api, whose public APIs stop answering', () => {
    expect(needed(bare(), { endpoints: 'execute-api', 'private-dns': 'true' })).toEqual([
      'private-dns-redirect:execute-api',
    ]);
    expect(needed(bare(), { endpoints: 'execute-api' })).toEqual([]);
    const wish = { subnets: 'private', endpoints: 'execute-api', 'private-dns': 'true' };
    for (const made of [bare(), crowded()]) {
      expect(plan(made, wish).consents[0]?.why).toContain('public APIs then answer 403');
    }
  });

  it('names those who are there', () => {
    const [consent] = plan(crowded(), { subnets: 'private', endpoints: 'logs' }).consents;
    expect(consent?.why).toMatch(
      new RegExp(`com\\.amazonaws\\.us-east-2\\.logs.*1 other network interface.*${id('eni', 1)}`),
    );
  });
});

describe('a gateway’s route', () => {
  it('needs a consent where other subnets are on the table', () => {
    expect(needed(crowded(), { subnets: S1, endpoints: 's3' })).toEqual(['connection-drop:s3']);
  });

  it('needs one wherever another interface is in the VPC', () => {
    const made = world().vpc().privateSubnets(1).privateSubnets(1).interfaces({ subnetId: S2 });
    expect(needed(made, { subnets: S1, endpoints: 's3' })).toEqual(['connection-drop:s3']);
  });

  it('is consented to by short and by full name', () => {
    for (const name of ['s3', 'com.amazonaws.us-east-2.s3']) {
      expect(needed(crowded(), { subnets: S1, endpoints: 's3', allow: `connection-drop:${name}` })).toEqual([
        'connection-drop:s3 (given)',
      ]);
    }
  });
});

describe('taking something from a function in a VPC', () => {
  const placed = (exit?: string): World =>
    world().vpc().privateSubnets(2, exit).privateSubnets(1).group('db').placed([G1], [S1, S2]);
  it.each<[string, Record<string, string>, string[]]>([
    ['adding a group', {}, []],
    ['adding a subnet', { subnets: `${S1}, ${S2}, ${id('subnet', 3)}` }, []],
    ['losing a subnet', { subnets: S1 }, ['replace-network:app-7']],
    ['losing a group', { 'security-groups': 'managed' }, ['replace-network:app-7']],
  ])('%s', (_name, wish, consents) => {
    expect(consentsOf(plan(placed(), wish))).toEqual(consents);
  });

  it('names what is lost', () => {
    const [consent] = plan(placed(), { subnets: S1, 'security-groups': 'managed' }).consents;
    expect(consent?.why).toBe(`Function app-7 loses subnet ${S2} and security group ${G1}.`);
  });

  it('moving to another VPC', () => {
    const made = placed().vpc().privateSubnets(1);
    const [consent] = plan(made, { vpc: id('vpc', 2), subnets: 'private' }).consents;
    expect(consent).toMatchObject({ kind: 'replace-network', given: false });
    expect(consent?.why).toContain(`from ${id('vpc', 1)} to ${id('vpc', 2)}`);
  });

  it('the way to the internet', () => {
    const wish = { subnets: id('subnet', 3) };
    expect(consentsOf(plan(placed(NAT), wish))).toEqual(['replace-network:app-7', 'internet-loss:app-7']);
    expect(consentsOf(plan(placed(), wish))).toEqual(['replace-network:app-7']);
    expect(consentsOf(plan(placed(NAT), { subnets: `${S1}, ${S2}` }))).toEqual([]);
  });

  it('the way to the internet, when the routes of the VPC it leaves were not read', () => {
    const made = placed(NAT).vpc().privateSubnets(1).observed();
    const [, second] = made.vpcs;
    // A run reads the route tables of the VPC it is about.
    const routeTables = made.routeTables.slice(3).map((table, index) => ({ ...table, main: index === 0 }));
    const moved = plan({ ...made, routeTables }, { vpc: second?.id ?? '', subnets: 'private' });
    expect(consentsOf(moved)).toEqual(['replace-network:app-7', 'internet-loss:app-7']);
  });

  it('of a first connect only warns', () => {
    const first = plan(bare(), { subnets: 'private', endpoints: 'logs' });
    expect(first.consents).toEqual([]);
    expect(first.findings).toContainEqual(
      expect.objectContaining({ code: 'no-internet', severity: 'warning' }),
    );
  });
});

describe('consents', () => {
  const wish = { subnets: 'private', endpoints: 'logs, ssm' };

  it('that are missing block, each with the line to add', () => {
    const blocked = plan(crowded(), { ...wish, allow: 'private-dns-redirect:ssm' });
    expect(isBlocked(blocked)).toBe(true);
    const missing = blocked.findings.filter(({ code }) => code === 'consent-missing');
    expect(missing).toEqual([
      expect.objectContaining({
        subject: 'logs',
        severity: 'error',
        remedy: expect.stringContaining('`private-dns-redirect:logs`'),
      }),
    ]);
    expect(consentsOf(blocked)).toEqual(['private-dns-redirect:logs', 'private-dns-redirect:ssm (given)']);
  });

  it('that are all given let the plan through', () => {
    expect(
      errorsOf(plan(crowded(), { ...wish, allow: 'private-dns-redirect:logs, private-dns-redirect:ssm' })),
    ).toEqual([]);
  });

  it.each([
    'private-dns-redirect:s3',
    'internet-loss:app-7',
    'replace-network:app-8',
    'connection-drop:logs',
    'public-subnets',
    'rule-removal:app-7-lambda',
  ])('that nothing needs are a notice: %s', (allow) => {
    const { findings } = plan(bare(), { ...wish, allow });
    expect(findings.filter(({ code }) => code === 'consent-unused')).toEqual([
      expect.objectContaining({ severity: 'notice', subject: allow }),
    ]);
  });

  it('that are needed are no notice', () => {
    const { findings } = plan(world().vpc().publicSubnets(1), { subnets: S1, allow: 'public-subnets' });
    expect(findings.map(({ code }) => code)).not.toContain('consent-unused');
  });

  it('of an unchanged network are not needed again', () => {
    const observed = connected(bare(), { subnets: 'private', endpoints: 'logs, s3' });
    const later = plan(
      { ...observed, interfaces: { ok: true, value: [networkInterface()] } },
      { subnets: 'private', endpoints: 'logs, s3' },
    );
    expect(later.consents).toEqual([]);
    expect(isBlocked(later)).toBe(false);
  });
});
