import { describe, expect, it } from '@jest/globals';
import { check, rules } from '../../src/rules/check.js';
import type { Facts, Rule, Verdict } from '../../src/rules/rule.js';
import { denied } from '../builders/denied.js';
import { facts } from '../builders/plans.js';
import { world } from '../builders/world.js';
import { fixtures } from './fixtures.js';

/** Judges one function, where it is what the functions share as well. */
const judged = (of: Facts, table?: readonly Rule[]) => check(of, [of], table).findings;

type Row = [string, string, () => Facts];
const rows = (side: 'fires' | 'silent'): Row[] =>
  Object.entries(fixtures).flatMap(([id, fixture]) =>
    Object.entries(fixture[side]).map(([name, see]): Row => [id, name, see]),
  );

function ruleOf(id: string): Rule {
  const found = rules.find((rule) => rule.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  return found;
}

describe('the table of rules', () => {
  it('every rule has worlds in which it fires and in which it is silent, and every such pair has a rule', () => {
    expect(Object.keys(fixtures).sort()).toEqual(rules.map(({ id }) => id).sort());
    for (const { fires, silent } of Object.values(fixtures)) {
      expect(Object.keys(fires).length).toBeGreaterThan(0);
      expect(Object.keys(silent).length).toBeGreaterThan(0);
    }
  });

  it('ids are unique and kebab-case', () => {
    const ids = rules.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe('a rule fires', () => {
  it.each(rows('fires'))('%s: %s', (id, _name, see) => {
    const verdicts = ruleOf(id).check(see());
    expect(verdicts.length).toBeGreaterThan(0);
  });
});

describe('a verdict is a whole message', () => {
  const verdicts = rows('fires').flatMap(([id, name, see]) =>
    ruleOf(id)
      .check(see())
      .map((verdict): [string, string, Verdict] => [id, name, verdict]),
  );

  it.each(verdicts)('%s: %s', (_id, _name, { subject, message, remedy }) => {
    expect(message).toMatch(/^[A-Z`]?.+[.]$/s);
    expect(remedy).toMatch(/^[A-Z][a-z]+ .*\.$/s);
    expect(remedy).not.toMatch(/^(The|A|An|If|Please|You|It|This) /);
    for (const one of subject.split(', ')) expect(message).toContain(one);
  });
});

describe('a rule is silent', () => {
  it.each(rows('silent'))('%s: %s', (id, _name, see) => {
    expect(ruleOf(id).check(see())).toEqual([]);
  });
});

describe('verdicts', () => {
  const severityOf = (id: string, name: string): unknown => {
    const see = fixtures[id]?.fires[name];
    return see && judged(see(), [ruleOf(id)]).map(({ severity, status }) => `${severity} ${status}`);
  };

  it.each([
    ['public-subnets', 'all', 'error fail'],
    ['public-subnets', 'some', 'warning fail'],
    ['public-subnets', 'with consent', 'warning fail'],
    ['zone-unsupported', 'some', 'warning fail'],
    ['zone-unsupported', 'all', 'error fail'],
    ['execution-role-policy', 'unreadable', 'error fail'],
    [
      'execution-role-policy',
      'one of its policies may not be read, and the others allow it',
      'warning unknown',
    ],
    ['execution-role-policy', 'nothing of the role may be read, and the function moves', 'error fail'],
    ['execution-role-policy', 'our inline policy is unreadable', 'error fail'],
    ['execution-role-policy', 'missing and only verified', 'error fail'],
    ['aliases-keep-network', 'unreadable', 'warning unknown'],
    ['not-readable', 'network ACLs', 'warning unknown'],
    ['update-in-progress', 'updating', 'notice fail'],
    ['subnet-free-addresses', 'none for Lambda', 'error fail'],
    ['subnet-free-addresses', 'one for Lambda, none for the endpoint', 'error fail'],
    ['subnet-free-addresses', 'few', 'warning fail'],
    ['lambda-interfaces-quota', 'unreadable', 'warning unknown'],
    ['provisioned-keeps-network', 'unreadable', 'warning unknown'],
    ['function-in-stack', 'unreadable', 'warning unknown'],
    ['route-leads-nowhere', 'to a NAT gateway that failed', 'warning fail'],
    ['route-leads-nowhere', 'to a NAT gateway that could not be read', 'warning unknown'],
    ['file-system-reach', 'no group of it lets files out', 'error fail'],
    ['file-system-reach', 'a group of it lets files out', 'warning fail'],
  ])('%s, %s: %s', (id, name, severity) => {
    expect(severityOf(id, name)).toEqual([severity]);
  });

  it('what could not be read says which permission is missing', () => {
    const [finding] = judged(fixtures['not-readable']?.fires['network ACLs']?.() ?? facts(world(), {}), [
      ruleOf('not-readable'),
    ]);
    expect(`${finding?.message} ${finding?.remedy}`).toContain('ec2:DescribeNetworkAcls');
  });

  it('come worst first, passes left out', () => {
    const verdict = { subject: 'x', message: 'x.', remedy: 'Do x.' };
    const row = { subject: 'VPC', page: 'https://docs.aws.amazon.com/' } as const;
    const table: Rule[] = [
      { ...row, id: 'c', about: 'shared', severity: 'notice', check: () => [verdict] },
      { ...row, id: 'passes', about: 'shared', severity: 'error', check: () => [] },
      { ...row, id: 'b', about: 'function', severity: 'warning', check: () => [verdict] },
      {
        ...row,
        id: 'a',
        about: 'shared',
        severity: 'notice',
        check: () => [{ ...verdict, severity: 'error', status: 'unknown' }],
      },
    ];
    const see = fixtures['public-subnets']?.silent.private;
    if (see === undefined) throw new Error('no fixture');
    expect(judged(see(), table).map(({ code, severity, status }) => [code, severity, status])).toEqual([
      ['a', 'error', 'unknown'],
      ['b', 'warning', 'fail'],
      ['c', 'notice', 'fail'],
    ]);
  });

  it('say which rules pass, and leave out those whose reads were not due', () => {
    const row = { subject: 'VPC', page: 'https://docs.aws.amazon.com/', about: 'shared' } as const;
    const verdict = { subject: 'x', message: 'x.', remedy: 'Do x.' };
    const table: Rule[] = [
      { ...row, id: 'passes', severity: 'error', check: () => [] },
      { ...row, id: 'fails', severity: 'error', check: () => [verdict] },
      { ...row, id: 'is-unknown', severity: 'error', check: () => [{ ...verdict, status: 'unknown' }] },
      { ...row, id: 'not-due', severity: 'error', due: () => false, check: () => [verdict] },
      { ...row, id: 'also-passes', about: 'function', severity: 'error', due: () => true, check: () => [] },
      {
        ...row,
        id: 'not-due-either',
        about: 'function',
        severity: 'error',
        due: () => false,
        check: () => [],
      },
    ];
    const of = facts(world().vpc().privateSubnets(1), { subnets: 'private' });
    const { findings, passed } = check(of, [of], table);
    expect(findings.map(({ code }) => code)).toEqual(['fails', 'is-unknown']);
    expect(passed).toEqual(['also-passes', 'passes']);
  });

  it('are omitted for what an unchanged apply does not read', () => {
    const unread = {
      aliases: undefined,
      provisioned: undefined,
      eventSources: undefined,
      tags: undefined,
      interfaces: undefined,
      reach: undefined,
      hostedZones: undefined,
    };
    const of = facts(world().vpc().privateSubnets(1).with(unread), { subnets: 'private' });
    const { findings, passed } = check(of, [of]);
    const told = [...findings.map(({ code }) => code), ...passed];
    for (const id of [
      'aliases-keep-network',
      'provisioned-keeps-network',
      'event-sources-keep-network',
      'function-in-stack',
      'lambda-interfaces-quota',
      'endpoint-central',
      'reach-blocked',
      'reach-lost',
      'reach-unknown',
      'peer-does-not-admit',
      'internet-lost',
      'no-internet',
    ])
      expect(told).not.toContain(id);
  });

  it('no rule throws where nothing could be read', () => {
    const failed = denied('x');
    const blind = world().vpc().privateSubnets(1).with({
      dnsServers: failed,
      policies: failed,
      networkAcls: failed,
      interfaces: failed,
      aliases: failed,
      provisioned: failed,
      eventSources: failed,
      tags: failed,
    });
    expect(() => judged(facts(blind, { subnets: 'private', endpoints: 'logs, s3' }))).not.toThrow();
  });
});
