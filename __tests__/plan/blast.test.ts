import { describe, expect, it } from '@jest/globals';
import type { AclEntry, NetworkAcl, NetworkInterface } from '../../src/model/observed.js';
import type { RoleUser } from '../../src/model/role.js';
import { isBlocked } from '../../src/plan/make-plan.js';
import { denied } from '../builders/denied.js';
import { ACCOUNT, id } from '../builders/ids.js';
import { changeOf, consentsOf, plan } from '../builders/plans.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const [S1, S2, S3] = [id('subnet', 1), id('subnet', 2), id('subnet', 3)];
const [OPEN, SHUT, NARROW] = [id('sg', 1), id('sg', 2), id('sg', 3)];

const entry = (number: number, egress: boolean, parts: Partial<AclEntry> = {}): AclEntry => ({
  number,
  egress,
  allow: true,
  protocol: 'all',
  ports: undefined,
  cidr: '0.0.0.0/0',
  ...parts,
});
const acl = (subnetIds: readonly string[], entries: readonly AclEntry[]): NetworkAcl => ({
  id: `acl-${subnetIds.length}`,
  isDefault: false,
  subnetIds,
  entries,
});
const OPEN_ENTRIES = [entry(100, true), entry(100, false)];
const everywhere = [acl([S1, S2, S3], OPEN_ENTRIES)];

/** Three subnets on one table, and three groups: one that may send, one that may not, one that sends to a database. */
const town = (acls: readonly NetworkAcl[] = everywhere, ...found: Partial<NetworkInterface>[]): World =>
  world()
    .vpc()
    .privateSubnets(3)
    .group('open')
    .group('shut', { egress: [] })
    .group('narrow', { egress: [rule('tcp 5432 10.0.0.0/8')] })
    .with({ networkAcls: { ok: true, value: acls } })
    .interfaces(...found);

const first = { subnets: `${S1}, ${S2}`, endpoints: 'logs' };
const toldOf = (made: World, wish: Record<string, string> = first): string =>
  changeOf(plan(made, wish), 'vpc-endpoint/logs').disruption ?? '';

describe('a private name that leads to a new endpoint', () => {
  it('is told of each other interface, by what becomes of it', () => {
    const made = town(
      everywhere,
      { subnetId: S3, groupIds: [OPEN], addresses: ['10.1.3.7'] },
      { subnetId: S3, groupIds: [SHUT], addresses: ['10.1.3.8'] },
      { subnetId: S3, groupIds: [NARROW], addresses: ['10.1.3.9'] },
      { subnetId: S3, groupIds: ['sg-unseen'], addresses: ['10.1.3.10'] },
      { subnetId: S3, groupIds: [], addresses: ['10.1.3.11'] },
    );
    const text = toldOf(made);
    expect(text).toContain(
      `of 5 other network interfaces in ${id('vpc', 1)}, 2 would be refused (${id('eni', 2)} and ${id('eni', 3)}), 2 are served (${id('eni', 1)} and ${id('eni', 5)}) and 1 is unknown (${id('eni', 4)})`,
    );
    const [consent] = plan(made, first).consents;
    expect(consent?.why).toContain('2 would be refused');
    expect(consent?.why.match(/other network interface/g)).toHaveLength(1);
  });

  const one = { subnetId: S3, groupIds: [OPEN], addresses: ['10.1.3.7'] };
  const verdictOf = (made: World, wish: Record<string, string> = first): string | undefined =>
    /1 (would be refused|is served|is unknown)/.exec(toldOf(made, wish))?.[1];

  it.each<[string, readonly NetworkAcl[], string]>([
    ['open ACLs', everywhere, 'is served'],
    [
      'its own ACL lets no request out',
      [acl([S1, S2], OPEN_ENTRIES), acl([S3], [entry(100, false)])],
      'would be refused',
    ],
    [
      'its own ACL lets no answer in',
      [acl([S1, S2], OPEN_ENTRIES), acl([S3], [entry(100, true), entry(100, false, { protocol: 'udp' })])],
      'would be refused',
    ],
    [
      'the endpoint’s ACL lets no request in',
      [
        acl([S1, S2], [entry(90, false, { allow: false, cidr: '10.1.3.7/32' }), ...OPEN_ENTRIES]),
        acl([S3], OPEN_ENTRIES),
      ],
      'would be refused',
    ],
    [
      'the endpoint’s ACL lets no answer out',
      [acl([S1, S2], [entry(100, false)]), acl([S3], OPEN_ENTRIES)],
      'would be refused',
    ],
    [
      'the ACL of one of the endpoint’s subnets does so',
      [acl([S1], OPEN_ENTRIES), acl([S2], []), acl([S3], OPEN_ENTRIES)],
      'would be refused',
    ],
    [
      'another address is meant',
      [
        acl([S1, S2], [entry(90, false, { allow: false, cidr: '10.1.3.8/32' }), ...OPEN_ENTRIES]),
        acl([S3], OPEN_ENTRIES),
      ],
      'is served',
    ],
    ['ACLs of most subnets are not known', [acl([S1], OPEN_ENTRIES)], 'is unknown'],
  ])('%s', (_name, acls, verdict) => {
    expect(verdictOf(town(acls, one))).toBe(verdict);
  });

  it('ACLs that could not be read are no verdict, unless a group refuses', () => {
    const blind = { networkAcls: denied('x') };
    expect(verdictOf(town(everywhere, one).with(blind))).toBe('is unknown');
    expect(verdictOf(town(everywhere, { ...one, groupIds: [SHUT] }).with(blind))).toBe('would be refused');
  });

  it('is refused to those whom `endpoint-access` leaves out', () => {
    const made = town(everywhere, one);
    expect(verdictOf(made, { ...first, 'endpoint-access': 'vpc' })).toBe('is served');
    expect(verdictOf(made, { ...first, 'endpoint-access': 'subnets' })).toBe('would be refused');
    expect(verdictOf(made, { ...first, 'endpoint-access': 'function' })).toBe('would be refused');
  });

  it('takes the whole subnet where an address is not known', () => {
    expect(verdictOf(town(everywhere, { ...one, addresses: [] }))).toBe('is served');
    const acls = [
      acl([S1, S2], [entry(90, false, { allow: false, cidr: '10.1.3.200/32' }), ...OPEN_ENTRIES]),
      acl([S3], OPEN_ENTRIES),
    ];
    expect(verdictOf(town(acls, { ...one, addresses: [] }))).toBe('would be refused');
  });

  it('is told with how it is known where nobody is', () => {
    expect(toldOf(town())).toMatch(/to this endpoint; no other network interface is in the VPC now/);
  });
});

describe('a gateway’s route', () => {
  it('is told of the other subnets on its tables', () => {
    const made = changeOf(plan(town(), { ...first, endpoints: 's3' }), 'vpc-endpoint/s3');
    expect(made.disruption).toContain('match no `aws:SourceIp` condition');
    expect(made.disruption).toContain('other regions');
    expect(made.disruption).toContain(`1 other subnet on these tables: ${S3}`);
    const all = changeOf(plan(town(), { subnets: 'private', endpoints: 's3' }), 'vpc-endpoint/s3');
    expect(all.disruption).not.toContain('other subnet');
  });
});

describe('a policy of a role', () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/service-role/app-7-role`;
  const users = (...names: string[]): { roleUsers: { ok: true; value: RoleUser[] } } => ({
    roleUsers: {
      ok: true,
      value: [...names.map((name) => ({ name, roleArn })), { name: 'far', roleArn: `${roleArn}-2` }],
    },
  });
  const wish = { subnets: 'private' };

  it('that others use needs a consent, which names them', () => {
    const made = plan(town().with(users('app-7', 'b', 'c')), wish);
    expect(consentsOf(made)).toEqual(['shared-role:app-7-role']);
    expect(isBlocked(made)).toBe(true);
    expect(made.consents[0]?.why).toContain('2 other functions: b and c');
    expect(changeOf(made, 'execution-role/app-7-role').disruption).toContain(
      'also reaches 2 other functions: b and c',
    );
    const given = plan(town().with(users('app-7', 'b')), { ...wish, allow: 'shared-role:app-7-role' });
    expect(consentsOf(given)).toEqual(['shared-role:app-7-role (given)']);
    expect(isBlocked(given)).toBe(false);
    const byArn = plan(town().with(users('app-7', 'b')), { ...wish, allow: `shared-role:${roleArn}` });
    expect(consentsOf(byArn)).toEqual(['shared-role:app-7-role (given)']);
    expect(byArn.findings.map(({ code }) => code)).not.toContain('consent-unused');
    const other = plan(town().with(users('app-7', 'b')), { ...wish, allow: `shared-role:${roleArn}-2` });
    expect(consentsOf(other)).toEqual(['shared-role:app-7-role']);
  });

  it('needs one too where it cannot be known who else uses it, and a consent for it is in use', () => {
    const hidden = town().with({ roleUsers: denied('lambda:ListFunctions') });
    const made = plan(hidden, wish);
    expect(consentsOf(made)).toEqual(['shared-role:app-7-role']);
    expect(isBlocked(made)).toBe(true);
    expect(changeOf(made, 'execution-role/app-7-role').disruption).toContain(
      'lambda:ListFunctions was refused',
    );
    const given = plan(hidden, { ...wish, allow: 'shared-role:app-7-role' });
    expect(isBlocked(given)).toBe(false);
    expect(given.findings.map(({ code }) => code)).not.toContain('consent-unused');
  });

  it('that nobody else uses needs none', () => {
    const made = plan(town().with(users('app-7')), wish);
    expect(consentsOf(made)).toEqual([]);
    expect(changeOf(made, 'execution-role/app-7-role').disruption).toBeUndefined();
  });

  it('that functions of the same run use needs none for those', () => {
    const made = plan(town().with(users('app-7', 'b')), {
      ...wish,
      'function-name': 'app-7, b',
      'resource-name': 'set',
    });
    expect(consentsOf(made)).toEqual([]);
  });

  it('that is not changed needs none', () => {
    const made = plan(town().with(users('app-7', 'b')), { ...wish, 'iam-policy': 'none' });
    expect(consentsOf(made)).toEqual([]);
  });
});
