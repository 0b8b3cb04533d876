import { describe, expect, it } from '@jest/globals';
import type { OutsideReads } from '../../src/observe/outside.js';
import { looksOutside, planOutside } from '../../src/plan/outside.js';
import { catalogue } from '../builders/catalogue.js';
import { denied } from '../builders/denied.js';
import { desired } from '../builders/desired.js';
import { ACCOUNT, REGION } from '../builders/ids.js';
import { world } from '../builders/world.js';

const { lambda, caller } = world().observed();
const { groups } = world().vpc().group('db').observed();
const GROUP = groups[0]?.id ?? '';

const everything = {
  services: { ok: true as const, value: catalogue(REGION) },
  groups: { ok: true as const, value: groups },
};

function endpointOf(serviceName: string) {
  const [endpoint] = world().vpc().endpoint('x', { serviceName }).observed().endpoints;
  if (endpoint === undefined) throw new Error('no endpoint');
  return endpoint;
}

function planned(reaches: string, reads: OutsideReads = everything) {
  const outside = { caller, lambdas: [lambda], leftOut: [], endpoints: [], region: REGION, ...reads };
  return planOutside(desired({ reaches }), outside);
}

describe('a function in no VPC', () => {
  it.each([
    ['ssm', 'reachable'],
    ['internet', 'reachable'],
    ['tcp 443 8.8.8.8', 'reachable'],
    [`tcp 5432 ${GROUP}`, 'blocked'],
    ['ssmm', 'unknown'],
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

  it('is told of a service that AWS does not have', () => {
    const [finding] = planned('ssmm').findings;
    expect(finding?.message).toBe(
      `Function ${lambda.name} may not reach ssmm. AWS has no VPC endpoint service ssmm in ${REGION}, so that its DNS name is not known.`,
    );
    expect(finding?.remedy).toMatch(/^Correct the name, /);
  });

  it('is told of a group that does not exist', () => {
    const [finding] = planned('tcp 5432 sg-0a1b2c3d').findings;
    expect([finding?.code, finding?.message, finding?.remedy]).toEqual([
      'reach-blocked',
      `Function ${lambda.name} does not reach tcp 5432 sg-0a1b2c3d. Security group sg-0a1b2c3d does not exist in ${REGION}.`,
      'Correct `tcp 5432 sg-0a1b2c3d`: there is no such group.',
    ]);
  });

  it.each([['tcp 5432 111122223333/sg-0a1b2c3d'], ['com.amazonaws.vpce.us-east-2.vpce-svc-0a1b']])(
    '%s of others is private',
    (line) => {
      const endpoint = endpointOf('com.amazonaws.vpce.us-east-2.vpce-svc-0a1b');
      const outside = { caller, lambdas: [lambda], leftOut: [], region: REGION, ...everything };
      const { findings } = planOutside(desired({ reaches: line }), { ...outside, endpoints: [endpoint] });
      expect(findings.map(({ message }) => message)).toEqual([
        `Function ${lambda.name} does not reach ${line}. The function is in no VPC and reaches nothing private.`,
      ]);
    },
  );

  it('is not told fine where the services may not be read', () => {
    const services = denied('ec2:DescribeVpcEndpointServices');
    const [finding] = planned('ssm', { services, groups: undefined }).findings;
    expect([finding?.code, finding?.status, finding?.remedy]).toEqual([
      'reach-unknown',
      'unknown',
      services.problem.remedy,
    ]);
    expect(finding?.message).toContain('Whether AWS has such a service is not known.');
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
