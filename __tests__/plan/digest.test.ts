import { describe, expect, it } from '@jest/globals';
import { canonical } from '../../src/plan/digest.js';
import { id } from '../builders/ids.js';
import { identity, plan } from '../builders/plans.js';
import { type World, world } from '../builders/world.js';

const wish = { subnets: 'private', endpoints: 'logs, s3' };
const bare = (): World => world().vpc().privateSubnets(2);
const stacked = bare().with({ tags: { ok: true, value: { ManagedBy: 'terraform' } } });
const digest = (made: World, inputs: Record<string, string> = {}, runId = identity.runId): string =>
  plan(made, { ...wish, ...inputs }, { ...identity, runId }).digest;

describe('the digest', () => {
  it('is a SHA-256', () => {
    expect(digest(bare())).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, () => string]>([
    ['another run', () => digest(bare(), {}, '1002')],
    [
      'another revision of the function',
      () => digest(bare().function('app-7', { revisionId: 'revision-9' })),
    ],
    ['another runtime', () => digest(bare().function('app-7', { runtime: 'python3.14' }))],
    ['other free addresses', () => digest(world().vpc().privateSubnets(2, undefined, { freeAddresses: 17 }))],
    [
      'other wording of the same wish',
      () =>
        digest(bare(), {
          endpoints: 'com.amazonaws.us-east-2.s3\nlogs, s3, logs',
          subnets: `${id('subnet', 2)}, ${id('subnet', 1)}`,
        }),
    ],
    [
      'an apply, which does not read tags and provisioned concurrency',
      () => digest(bare().with({ tags: undefined, provisioned: undefined })),
    ],
    ['a stack that describes the function', () => digest(stacked)],
    [
      'provisioned concurrency',
      () => digest(bare().with({ provisioned: { ok: true, value: [{ qualifier: 'live', requested: 5 }] } })),
    ],
    ['an interface that counts for nothing', () => digest(bare().interfaces({ type: 'nat_gateway' }))],
  ])('is the same for %s', (_name, other) => {
    expect(other()).toBe(digest(bare()));
  });

  it.each<[string, () => string]>([
    ['another service', () => digest(bare(), { endpoints: 'logs, ssm' })],
    ['one subnet less', () => digest(bare(), { subnets: id('subnet', 1) })],
    ['another function', () => digest(bare().function('app-8'))],
    ['another rule', () => digest(bare(), { egress: 'tcp 443 10.0.0.0/8' })],
    ['other tags', () => digest(bare(), { tags: 'Team=blue' })],
    ['private DNS off', () => digest(bare(), { 'private-dns': 'false' })],
    ['a consent that is needed', () => digest(bare().interfaces({}))],
    ['a finding', () => digest(bare(), { allow: 'public-subnets' })],
  ])('differs for %s', (_name, other) => {
    expect(other()).not.toBe(digest(bare()));
  });

  it('leaves out what only a dry run tells, which the plan tells all the same', () => {
    const codes = plan(stacked, wish).findings.map(({ code }) => code);
    expect(codes).toContain('function-in-stack');
  });

  it('differs when a consent is given', () => {
    expect(digest(bare().interfaces({}), { allow: 'private-dns-redirect:logs' })).not.toBe(
      digest(bare().interfaces({})),
    );
  });

  it('does not depend on who else is there, only on the consent that this needs', () => {
    expect(digest(bare().interfaces({}, {}))).toBe(digest(bare().interfaces({})));
  });
});

describe('canonical text', () => {
  it.each([
    [{ b: 1, a: [{ d: 1, c: 2 }] }, '{"a":[{"c":2,"d":1}],"b":1}'],
    [{ RevisionId: 'x', a: { ClientToken: 'y', b: 1 } }, '{"a":{"b":1}}'],
    [['b', 'a'], '["b","a"]'],
    [null, 'null'],
  ])('%j', (value, text) => {
    expect(canonical(value)).toBe(text);
  });
});
