import { describe, expect, it } from '@jest/globals';
import { looksOutside, planOutside } from '../../src/plan/outside.js';
import { desired } from '../builders/desired.js';
import { ACCOUNT, REGION } from '../builders/ids.js';
import { world } from '../builders/world.js';

const { lambda, caller } = world().observed();

function planned(reaches: string) {
  return planOutside(desired({ reaches }), { caller, lambdas: [lambda], leftOut: [], region: REGION });
}

describe('a function in no VPC', () => {
  it.each([
    ['ssm', 'reachable'],
    ['internet', 'reachable'],
    ['tcp 443 8.8.8.8', 'reachable'],
    ['tcp 5432 sg-0a1b2c3d', 'blocked'],
    ['tcp 443 10.0.0.0/8', 'blocked'],
    ['udp 53 192.168.0.2', 'blocked'],
    ['tcp 443 100.64.0.0/16', 'blocked'],
    ['tcp 443 0.0.0.0/1', 'blocked'],
    ['tcp 443 fd00::1', 'blocked'],
    ['tcp 443 2600::1', 'unknown'],
  ])('%s is %s', (line, status) => {
    const { changes, reach, findings, subject } = planned(line);
    expect(reach[0]).toMatchObject({ askedBy: 'reaches', before: { status }, after: { status, lines: [] } });
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(
      { reachable: [], blocked: ['reach-blocked error'], unknown: ['reach-unknown warning'] }[status],
    );
    expect([changes, subject.vpcId, subject.accountId]).toEqual([[], '', ACCOUNT]);
  });

  it('is told of the internet once', () => {
    expect(planned('internet').reach).toHaveLength(1);
    expect(planned('ssm').reach.map(({ destination }) => destination)).toEqual(['ssm', 'tcp 443 internet']);
  });

  it.each([
    ['only what it reaches is asked', { reaches: 'ssm' }, true],
    ['nothing is asked', {}, false],
    ['subnets are given', { reaches: 'ssm', subnets: 'private' }, false],
    ['a VPC is given', { reaches: 'ssm', vpc: 'name:x' }, false],
    ['endpoints are given', { reaches: 'ssm', endpoints: 'none' }, false],
  ])('is looked at from outside where %s: %j, %s', (_name, inputs, looks) => {
    expect(looksOutside(desired(inputs), [lambda])).toBe(looks);
  });

  it('is not meant where another one is in a VPC', () => {
    const inside = { ...lambda, network: { ...lambda.network, subnetIds: ['subnet-1'] } };
    expect(looksOutside(desired({ reaches: 'ssm' }), [lambda, inside])).toBe(false);
  });
});
