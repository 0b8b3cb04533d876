import { describe, expect, it } from '@jest/globals';
import { id } from '../builders/ids.js';
import { target } from '../builders/plans.js';
import { servicesOf, type World, world } from '../builders/world.js';

function services(made: World, endpoints: string, inputs: Record<string, string> = {}): string[] {
  const found = target(made, { subnets: 'private', endpoints, ...inputs });
  if (found.problems.length > 0)
    throw new Error(
      found.problems.map(({ code, message, remedy }) => `${code}: ${message} ${remedy}`).join('\n'),
    );
  return found.services.map(
    ({ word, serviceName, type, privateDns }) =>
      `${word} ${serviceName} ${type}${privateDns ? ' private' : ''}`,
  );
}

const plain = (): World => world().vpc().privateSubnets(2);

describe('a service is found', () => {
  it.each([
    {
      name: 'by its short name',
      endpoints: 'logs',
      found: ['logs com.amazonaws.us-east-2.logs Interface private'],
    },
    {
      name: 'by a short name with a dot',
      endpoints: 'ecr.dkr',
      found: ['ecr.dkr com.amazonaws.us-east-2.ecr.dkr Interface private'],
    },
    {
      name: 'by its full name',
      endpoints: 'com.amazonaws.us-east-2.logs',
      found: ['logs com.amazonaws.us-east-2.logs Interface private'],
    },
    {
      name: 'with FIPS, not without',
      endpoints: 'ssm-fips',
      found: ['ssm-fips com.amazonaws.us-east-2.ssm-fips Interface private'],
    },
    {
      name: 'under another prefix',
      endpoints: 'notebook',
      found: ['notebook aws.sagemaker.us-east-2.notebook Interface private'],
    },
    {
      name: 's3 as a gateway, which is free',
      endpoints: 's3',
      found: ['s3 com.amazonaws.us-east-2.s3 Gateway'],
    },
    {
      name: 's3 as a gateway by its full name',
      endpoints: 'com.amazonaws.us-east-2.s3',
      found: ['s3 com.amazonaws.us-east-2.s3 Gateway'],
    },
    {
      name: 's3 as an interface on request',
      endpoints: 's3:interface',
      found: ['s3:interface com.amazonaws.us-east-2.s3 Interface private'],
    },
    {
      name: 'both types at once',
      endpoints: 's3, s3:interface',
      found: [
        's3 com.amazonaws.us-east-2.s3 Gateway',
        's3:interface com.amazonaws.us-east-2.s3 Interface private',
      ],
    },
    {
      name: 'once, however it is written',
      endpoints: 's3, s3:gateway, com.amazonaws.us-east-2.s3',
      found: ['s3 com.amazonaws.us-east-2.s3 Gateway'],
    },
    {
      name: 'execute-api without its private name',
      endpoints: 'execute-api',
      found: ['execute-api com.amazonaws.us-east-2.execute-api Interface'],
    },
    {
      name: 'one that has no private name',
      endpoints: 'nameless',
      found: ['nameless com.amazonaws.us-east-2.nameless Interface'],
    },
  ])('$name', ({ endpoints, found }) => {
    expect(services(plain(), endpoints)).toEqual(found);
  });

  it('execute-api with its private name on request', () => {
    expect(services(plain(), 'execute-api', { 'private-dns': 'true' })).toEqual([
      'execute-api com.amazonaws.us-east-2.execute-api Interface private',
    ]);
  });

  it('without private DNS where that is off', () => {
    expect(services(plain(), 'logs', { 'private-dns': 'false' })).toEqual([
      'logs com.amazonaws.us-east-2.logs Interface',
    ]);
  });

  it('in China, where names begin otherwise', () => {
    const china = world('cn-north-1')
      .vpc()
      .privateSubnets(1)
      .with(servicesOf('cn-north-1', 'cn.com.amazonaws'));
    expect(services(china, 'logs, s3')).toEqual([
      'logs cn.com.amazonaws.cn-north-1.logs Interface private',
      's3 cn.com.amazonaws.cn-north-1.s3 Gateway',
    ]);
  });

  it('among the endpoints of the VPC where the catalogue is not read', () => {
    expect(services(plain().endpoint('logs').with({ services: undefined }), 'logs')).toEqual([
      'logs com.amazonaws.us-east-2.logs Interface private',
    ]);
  });

  it('without turning on a private name that the service does not have, once its endpoint stands', () => {
    const made = plain().endpoint('nameless', {
      privateDns: false,
      tags: { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' },
    });
    expect(services(made, 'nameless')).toEqual(['nameless com.amazonaws.us-east-2.nameless Interface']);
  });
});

it('a private name is told by any endpoint that has it', () => {
  const made = plain()
    .endpoint('logs', { privateDns: false })
    .endpoint('logs', { requesterManaged: true })
    .with({ services: undefined });
  expect(services(made, 'logs')).toEqual(['logs com.amazonaws.us-east-2.logs Interface private']);
});

it('a private name is asked for beside an endpoint that an AWS service made for itself', () => {
  const made = plain().endpoint('nameless', { privateDns: false, requesterManaged: true });
  expect(services(made, 'nameless', { 'private-dns': 'true' })).toEqual([
    'nameless com.amazonaws.us-east-2.nameless Interface private',
  ]);
});

describe('a service is not found', () => {
  it.each([
    {
      name: 'with the nearest name',
      endpoints: 'secretmanager',
      says: /^service-not-found: .*secretmanager.*Did you mean secretsmanager\?/,
    },
    {
      name: 'with related names',
      endpoints: 'ecr',
      says: /^service-not-found: .*Did you mean ecr\.api(,| and) ecr\.dkr/,
    },
    {
      name: 'without a guess where nothing is near',
      endpoints: 'quantum-toaster',
      says: /^service-not-found: [^?]*$/m,
    },
    {
      name: 'in the type asked for',
      endpoints: 'logs:gateway',
      says: /^endpoint-type-unsupported: .*only Interface.*Write `logs:interface`/,
    },
    {
      name: 'in another region',
      endpoints: 'com.amazonaws.eu-west-1.logs',
      says: /^service-not-found: .*is of eu-west-1, and the function of us-east-2/,
    },
    { name: 'as the tail of another name', endpoints: 'api', says: /^service-not-found/ },
  ])('$name', ({ endpoints, says }) => {
    expect(() => services(plain(), endpoints)).toThrow(says);
  });

  it('every wrong entry is told', () => {
    const found = target(plain(), { subnets: 'private', endpoints: 'nope, nada, logs' });
    expect(found.problems.map(({ code }) => code)).toEqual(['service-not-found', 'service-not-found']);
    expect(found.services.map(({ word }) => word)).toEqual(['logs']);
  });
});

it('an endpoint of another VPC names no service', () => {
  const made = world().vpc().privateSubnets(1).vpc().endpoint('logs').with({ services: [] });
  const found = target(made, { vpc: id('vpc', 1), subnets: 'private', endpoints: 'logs' });
  expect(found.problems.map(({ code }) => code)).toEqual(['service-not-found']);
});
