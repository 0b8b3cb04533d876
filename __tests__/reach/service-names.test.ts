import { describe, expect, it } from '@jest/globals';
import { derivedNames, nameToAsk, serviceNames, serviceWord } from '../../src/reach/service-names.js';

describe('the DNS name of a service', () => {
  it.each([
    ['ssm', 'us-east-2', ['ssm.us-east-2.amazonaws.com']],
    ['ssm', 'cn-north-1', ['ssm.cn-north-1.amazonaws.com.cn']],
    ['ssm-fips', 'us-gov-west-1', ['ssm-fips.us-gov-west-1.amazonaws.com']],
    ['ecr.api', 'us-east-2', ['api.ecr.us-east-2.amazonaws.com']],
    ['ecr.dkr', 'us-east-2', ['*.dkr.ecr.us-east-2.amazonaws.com', 'dkr.ecr.us-east-2.amazonaws.com']],
    ['sagemaker.runtime', 'us-east-2', ['runtime.sagemaker.us-east-2.amazonaws.com']],
    ['execute-api', 'us-east-2', ['*.execute-api.us-east-2.amazonaws.com']],
    ['kinesis-streams', 'us-east-2', ['kinesis.us-east-2.amazonaws.com']],
    ['kinesis-firehose', 'us-east-2', ['firehose.us-east-2.amazonaws.com']],
    ['monitoring', 'us-east-2', ['monitoring.us-east-2.amazonaws.com']],
    ['s3express', 'us-east-2', ['s3express-control.us-east-2.amazonaws.com']],
    ['s3', 'us-east-2', ['s3.us-east-2.amazonaws.com', '*.s3.us-east-2.amazonaws.com']],
  ])('%s in %s', (word, region, names) => {
    expect(derivedNames(word, region)).toEqual(names);
  });

  it('is what the catalogue says, where it was read', () => {
    const name = 'aws.sagemaker.us-east-2.notebook';
    const privateNames = ['*.notebook.us-east-2.sagemaker.aws'];
    const entry = { name, types: ['Interface'], zones: [], privateDns: true, privateNames };
    expect(serviceNames(name, 'us-east-2', [entry])).toEqual(privateNames);
    expect(serviceNames(name, 'us-east-2', undefined)).toEqual(['notebook.us-east-2.amazonaws.com']);
    expect(serviceNames(name, 'us-east-2', [{ ...entry, privateNames: [] }])).toEqual([
      'notebook.us-east-2.amazonaws.com',
    ]);
  });

  it.each([
    [['a.us-east-2.amazonaws.com', 'ssm.us-east-2.amazonaws.com'], 'ssm.us-east-2.amazonaws.com'],
    [['*.x.aws', 'x.aws'], 'x.aws'],
    [['*.x.aws'], 'any.x.aws'],
    [[], 'ssm.us-east-2.amazonaws.com'],
  ])('out of %j is asked for as %s', (names, name) => {
    expect(nameToAsk(names, 'ssm', 'us-east-2')).toBe(name);
  });

  it.each([
    ['com.amazonaws.us-east-2.ecr.api', 'ecr.api'],
    ['cn.com.amazonaws.us-east-2.ssm', 'ssm'],
    ['com.amazonaws.vpce.us-east-2.vpce-svc-0a1b', 'vpce-svc-0a1b'],
    ['ssm', 'ssm'],
  ])('belongs to %s by its word %s', (name, word) => {
    expect(serviceWord(name, 'us-east-2')).toBe(word);
  });
});
