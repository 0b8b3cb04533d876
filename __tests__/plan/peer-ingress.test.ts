import { describe, expect, it } from '@jest/globals';
import type { Observed } from '../../src/model/observed.js';
import { applied } from '../builders/applied.js';
import { editGroup } from '../builders/connected.js';
import { id, OTHER_ACCOUNT } from '../builders/ids.js';
import { changeOf, idsOf, plan } from '../builders/plans.js';
import { ourRule, rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const DB = id('sg', 1);
const bare = (): World => world().vpc().privateSubnets(2).group('db');
const wish = { subnets: 'private', egress: `tcp 5432 ${DB}` };
const given = { ...wish, allow: `peer-ingress:${DB}` };
const ADDED = `security-group-rules/peer/${DB}`;
const TAKEN = `security-group-rules/peer-stale/${DB}`;

const connectedWith = (inputs: Record<string, string>): Observed =>
  applied(plan(bare(), inputs), bare().observed());
const codes = (observed: World | Observed, inputs: Record<string, string>): string[] =>
  plan(observed, inputs).findings.map(({ code }) => code);

describe('a database’s group', () => {
  it('is warned of, with the consent that would add the rule', () => {
    const made = plan(bare().interfaces({ groupIds: [DB], addresses: ['10.1.1.9'] }), wish);
    expect(idsOf(made)).not.toContain(ADDED);
    const warning = made.findings.find(({ code }) => code === 'peer-does-not-admit');
    expect(warning?.remedy).toContain(`\`peer-ingress:${DB}\``);
  });

  it.each([DB, 'db'])('gets one described and tagged rule with the consent for %s', (object) => {
    const change = changeOf(plan(bare(), { ...wish, allow: `peer-ingress:${object}` }), ADDED);
    expect(change.calls).toEqual([
      {
        action: 'ec2:AuthorizeSecurityGroupIngress',
        input: {
          GroupId: DB,
          IpPermissions: [
            {
              IpProtocol: 'tcp',
              FromPort: 5432,
              ToPort: 5432,
              UserIdGroupPairs: [
                {
                  GroupId: { ref: 'security-group/function', field: 'GroupId' },
                  Description: 'vpc-lambda-action: peer',
                },
              ],
            },
          ],
          TagSpecifications: [
            {
              ResourceType: 'security-group-rule',
              Tags: expect.arrayContaining([{ Key: 'managed-by', Value: 'vpc-lambda-action' }]),
            },
          ],
        },
      },
    ]);
    expect(change.disruption).toContain(`everything that wears ${DB}`);
    expect(codes(bare(), given)).not.toContain('peer-does-not-admit');
  });

  it('is not given the rule twice, nor called foreign', () => {
    const observed = connectedWith(given);
    expect(idsOf(plan(observed, given))).toEqual([]);
    expect(plan(observed, given).drift).toEqual([]);
    // The consent stays of use: with it the rule is put back when somebody takes it away.
    expect(codes(observed, given)).not.toContain('consent-unused');
    expect(codes(observed, wish)).not.toContain('peer-does-not-admit');
  });

  it('keeps the rule while a line asks for it, whatever is consented to', () => {
    expect(idsOf(plan(connectedWith(given), wish))).toEqual([]);
  });

  it('loses it when no line asks for it any more, and nothing else', () => {
    const observed = editGroup(connectedWith(given), 'db', ({ ingress }) => ({
      ingress: [...ingress, rule('tcp 5432 10.0.0.0/8'), ourRule('tcp 5432 sg-other', 'peer')],
    }));
    const made = plan(observed, { ...wish, egress: 'none' });
    expect(idsOf(made)).toEqual(['security-group-rules/function-stale', TAKEN, 'tags/wanted']);
    const left = applied(made, observed).groups.find(({ id: one }) => one === DB)?.ingress;
    expect(left?.map(({ peer }) => peer.value).sort()).toEqual(['10.0.0.0/8', 'sg-other']);
  });

  it('gets the rule of another port before the old one is taken', () => {
    const made = plan(connectedWith(given), { ...given, egress: `tcp 5433 ${DB}` });
    expect(changeOf(made, TAKEN).after).toContain(ADDED);
  });

  it('keeps it where `egress` is left alone', () => {
    expect(idsOf(plan(connectedWith(given), { subnets: 'private' }))).toEqual([]);
  });

  it('needs none where it admits the function already', () => {
    const open = world()
      .vpc()
      .privateSubnets(2)
      .group('db', { ingress: [rule('tcp 5432 10.0.0.0/8')] });
    expect(idsOf(plan(open, given))).not.toContain(ADDED);
    expect(codes(open, given)).toContain('consent-unused');
  });

  it('is left alone in another VPC and in another account', () => {
    const far = world().vpc().privateSubnets(2).vpc().group('db');
    expect(idsOf(plan(far, { ...given, vpc: id('vpc', 1) }))).not.toContain(ADDED);
    const foreign = { ...given, egress: `tcp 5432 ${OTHER_ACCOUNT}/${DB}` };
    expect(idsOf(plan(bare(), foreign))).not.toContain(ADDED);
  });

  it('is left alone where the function does not wear the managed group', () => {
    const clients = bare().group('clients');
    expect(idsOf(plan(clients, { ...given, 'security-groups': 'clients' }))).not.toContain(ADDED);
  });
});
