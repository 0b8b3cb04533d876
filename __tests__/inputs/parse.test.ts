import { describe, expect, it } from '@jest/globals';
import { grammar } from '../../src/inputs/grammar.js';
import { parseInputs } from '../../src/inputs/parse.js';
import { inputEnv, parsed, problemsOf } from '../builders/env.js';

describe('all problems are told in one run', () => {
  it('one for each wrong input, and nothing is lost behind another', () => {
    const problems = problemsOf({
      'function-name': '',
      'aws-region': 'mars',
      subnets: 'sg-0a1b2c3d, oops',
      'security-groups': ',',
      'wait-timeout': 'soon',
      endpoint: 'logs',
    });
    const messages = problems.map(({ message }) => message).join('\n');
    for (const name of [
      'function-name',
      'aws-region',
      'sg-0a1b2c3d',
      'oops',
      'Input security-groups',
      'wait-timeout',
      'endpoint ',
    ]) {
      expect(messages).toContain(name);
    }
    expect(problems).toHaveLength(7);
  });

  it('a wrong region is one problem, not also a missing one', () => {
    expect(problemsOf({ 'aws-region': 'mars' })).toHaveLength(1);
  });

  it('a missing function name says what to add', () => {
    const [problem] = problemsOf({ 'function-name': '  ' });
    expect(problem?.message).toBe('Input function-name is missing.');
    expect(problem?.remedy).toMatch(/^Add `function-name:/);
  });

  it('several functions need a name for what they share', () => {
    const [problem] = problemsOf({ 'function-name': 'one, two' });
    expect(problem?.message).toContain('Input resource-name is missing');
    expect(problem?.remedy).toMatch(/^Add `resource-name:/);
    expect(problemsOf({ 'function-name': 'one, one' })).toEqual([]);
  });
});

describe('empty equals not given', () => {
  it.each(Object.keys(grammar).filter((name) => !['function-name', 'aws-region'].includes(name)))(
    '%s',
    (name) => {
      for (const value of ['', '  ', '\n']) expect(parsed({ [name]: value })).toEqual(parsed({}));
    },
  );

  it('and what is not given is left alone', () => {
    const { desired } = parsed({}).inputs;
    expect(desired).toMatchObject({
      subnets: undefined,
      endpoints: undefined,
      egress: undefined,
      securityGroups: undefined,
      privateDns: undefined,
    });
  });
});

describe('the word none', () => {
  it.each(['egress', 'endpoints'] as const)('makes %s an empty list', (name) => {
    expect(parsed({ [name]: ' none ' }).inputs.desired[name]).toEqual([]);
  });

  it('makes nothing fail but a block', () => {
    expect(parsed({ 'fail-on': 'none' }).inputs.failOn).toEqual([]);
  });

  it.each(['subnets', 'endpoint-subnets'])('is no word for %s', (name) => {
    expect(problemsOf({ [name]: 'none' })).toHaveLength(1);
  });
});

describe('the region', () => {
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:app-7';
  it.each([
    {
      name: 'is the input',
      inputs: { 'aws-region': 'eu-west-1' },
      env: { AWS_REGION: 'us-east-1' },
      region: 'eu-west-1',
    },
    {
      name: 'else AWS_REGION',
      inputs: {},
      env: { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'x' },
      region: 'us-east-1',
    },
    {
      name: 'else AWS_DEFAULT_REGION',
      inputs: {},
      env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-1' },
      region: 'us-east-1',
    },
    { name: 'else that of the ARN', inputs: { 'function-name': arn }, env: {}, region: 'eu-west-1' },
    {
      name: 'and the ARN agrees',
      inputs: { 'function-name': arn, 'aws-region': 'eu-west-1' },
      env: {},
      region: 'eu-west-1',
    },
    { name: 'of GovCloud', inputs: { 'aws-region': 'us-gov-west-1' }, env: {}, region: 'us-gov-west-1' },
    {
      name: 'of the isolated partitions',
      inputs: { 'aws-region': 'us-isob-east-1' },
      env: {},
      region: 'us-isob-east-1',
    },
    {
      name: 'of the European sovereign cloud',
      inputs: { 'aws-region': 'eusc-de-east-1' },
      env: {},
      region: 'eusc-de-east-1',
    },
  ])('$name', ({ inputs, env, region }) => {
    const variables = { ...inputEnv({ 'function-name': 'app-7', ...inputs }), ...env };
    expect(parseInputs(variables).inputs.region).toBe(region);
  });

  it.each([
    { name: 'nowhere', inputs: { 'aws-region': '' }, env: {}, says: /region is unknown/ },
    {
      name: 'against the ARN',
      inputs: { 'function-name': arn },
      env: {},
      says: /ARN is of region eu-west-1, but the run is set to us-east-2/,
    },
    {
      name: 'of the environment against the ARN',
      inputs: { 'function-name': arn, 'aws-region': '' },
      env: { AWS_REGION: 'us-east-1' },
      says: /eu-west-1.*us-east-1/,
    },
    {
      name: 'junk in the environment',
      inputs: { 'aws-region': '' },
      env: { AWS_REGION: 'US East' },
      says: /US East/,
    },
  ])('is refused: $name', ({ inputs, env, says }) => {
    const problems = problemsOf(inputs, env);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(says);
  });
});

describe('names that are no input', () => {
  it.each([
    { name: 'endpoint', word: 'endpoints' },
    { name: 'function_name', word: 'function-name' },
    { name: 'subnet', word: 'subnets' },
    { name: 'security-group', word: 'security-groups' },
    { name: 'dryrun', word: 'dry-run' },
  ])('near ones are errors: $name', ({ name, word }) => {
    const [problem] = problemsOf({ [name]: 'x' });
    expect(problem).toMatchObject({ code: 'unknown-input', remedy: `Write \`${word}\` instead.` });
    expect(problem?.message).toContain(name);
  });

  it('distant ones are warnings', () => {
    const { warnings } = parsed({ colour: 'blue' });
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'unknown-input', message: 'Input colour is unknown.' }),
    ]);
  });

  it('other variables are none of our business', () => {
    expect(parsed({}, { GITHUB_ENDPOINT: 'x', MY_INPUT_VPC: 'y' }).warnings).toEqual([]);
  });
});
