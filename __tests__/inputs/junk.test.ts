import { describe, expect, it } from '@jest/globals';
import { grammar, type InputName } from '../../src/inputs/grammar.js';
import { problemsOf } from '../builders/env.js';

interface Junk {
  readonly input: InputName;
  readonly value: string;
  /** What the message shows as the wrong value, when it is a part of it. */
  readonly shown?: string;
  readonly expected: string | RegExp;
  readonly nearest?: string;
}

const junk: readonly Junk[] = [
  { input: 'function-name', value: 'my function', expected: 'the name or' },
  { input: 'function-name', value: 'x'.repeat(65), expected: 'the name or' },
  {
    input: 'function-name',
    value:
      'arn:aws:lambda:us-east-2:123456789012:function:a, arn:aws:lambda:us-east-2:210987654321:function:b',
    shown: 'arn:aws:lambda:us-east-2:210987654321:function:b',
    expected: 'of the account and region of arn:aws:lambda:us-east-2:123456789012:function:a',
  },
  { input: 'function-name', value: 'app-7, app 8', shown: 'app 8', expected: 'the name or' },
  { input: 'function-name', value: 'arn:aws:iam::123456789012:role/app-7', expected: 'the name or' },
  { input: 'function-name', value: 'arn:aws:lambda:us-east-2:1234:function:app-7', expected: 'the name or' },
  { input: 'function-name', value: '210987654321:function:app-7', expected: 'the name or' },
  {
    input: 'function-name',
    value: 'app-7:live',
    expected: /an unqualified function.*`:live`.*version or alias/,
  },
  { input: 'function-name', value: 'app-7:3', expected: /an unqualified function.*`:3`/ },
  {
    input: 'function-name',
    value: 'arn:aws:lambda:us-east-2:123456789012:function:app-7:live',
    expected: /an unqualified function/,
  },
  { input: 'aws-region', value: 'us-east', expected: 'a region such as' },
  { input: 'aws-region', value: 'US-EAST-2', expected: 'a region such as' },
  { input: 'aws-region', value: 'us-east-2a', expected: 'a region such as' },
  { input: 'role-to-assume', value: 'lambda-network', expected: 'the ARN of an IAM role' },
  {
    input: 'role-to-assume',
    value: 'arn:aws:sts::123456789012:assumed-role/a/b',
    expected: 'the ARN of an IAM role',
  },
  {
    input: 'plan-role-to-assume',
    value: 'arn:aws:iam::1234:role/lambda-network',
    expected: 'the ARN of an IAM role',
  },
  { input: 'role-session-name', value: 'a', expected: 'a name of 2 to 64' },
  { input: 'role-session-name', value: 'dependabot[bot]', expected: 'a name of 2 to 64' },
  { input: 'role-session-name', value: 'x'.repeat(65), expected: 'a name of 2 to 64' },
  { input: 'role-duration-seconds', value: '899', expected: '900 to 43200' },
  { input: 'role-duration-seconds', value: '43201', expected: '900 to 43200' },
  { input: 'role-duration-seconds', value: '1h', expected: '900 to 43200' },
  { input: 'audience', value: 'two words', expected: 'an audience such as' },
  { input: 'dry-run', value: 'yes', expected: 'one of `auto`, `true`, `false`' },
  { input: 'dry-run', value: 'tru', expected: 'one of `auto`, `true`, `false`', nearest: 'true' },
  { input: 'resource-name', value: 'sg-app', expected: 'begin with `sg-`' },
  { input: 'resource-name', value: '-app', expected: 'a name of 1 to 128' },
  { input: 'resource-name', value: 'a'.repeat(129), expected: 'a name of 1 to 128' },
  { input: 'vpc', value: 'vpc-xyz', expected: 'one VPC id' },
  { input: 'vpc', value: 'vpc-0a1b2c3d, vpc-0a1b2c3e', expected: 'one VPC id' },
  { input: 'vpc', value: 'private', expected: 'one VPC id' },
  {
    input: 'subnets',
    value: 'subnet-0a1b2c3d, sg-0a1b2c3d',
    shown: 'sg-0a1b2c3d',
    expected: /a subnet id.*security groups belong in `security-groups`/,
  },
  { input: 'subnets', value: 'privat', expected: 'a subnet id', nearest: 'private' },
  { input: 'subnets', value: 'tag:Tier', expected: '`tag:Key=Value`' },
  { input: 'subnets', value: 'tag:Tier=private oops', expected: '`tag:Key=Value`' },
  { input: 'subnets', value: 'subnet-0a1b2c3d subnet-0a1b2c3e', expected: 'a subnet id' },
  { input: 'subnets', value: 'name:', expected: '`name:glob`' },
  {
    input: 'security-groups',
    value: 'subnet-0a1b2c3d',
    expected: /a security-group id.*subnets belong in `subnets`/,
  },
  { input: 'security-groups', value: 'sg-nonsense', expected: 'a security-group id' },
  { input: 'security-groups', value: 'a'.repeat(256), expected: 'a group name' },
  { input: 'egress', value: 'tcp 443', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'icmp 8 10.0.0.0/8', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 70000 10.0.0.0/8', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 500-400 10.0.0.0/8', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 443 10.0.0.0/33', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 443 10/8', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 443 5432', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 443 010.0.0.0/8', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 443 fe80::1%eth0', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'tcp 443 sg-xyz', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'all 443 10.0.0.0/8', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'none, tcp 443 s3', shown: 'none', expected: 'a rule `tcp|udp' },
  { input: 'egress', value: 'nome', expected: 'a rule `tcp|udp', nearest: 'none' },
  { input: 'reaches', value: 'tcp 443', expected: 'a service such as' },
  { input: 'reaches', value: 'tcp 400-500 10.0.0.1', expected: 'with one port' },
  { input: 'reaches', value: 'all 10.0.0.0/8', expected: 'a service such as' },
  { input: 'reaches', value: 'icmp 8 10.0.0.1', expected: 'a service such as' },
  { input: 'reaches', value: 'tcp 0 10.0.0.1', expected: 'a service such as' },
  { input: 'reaches', value: 'tcp 70000 10.0.0.1', expected: 'a service such as' },
  { input: 'reaches', value: '10.0.0.1', expected: 'a service such as' },
  { input: 'reaches', value: 'sg-0a1b2c3d', expected: 'a service such as' },
  { input: 'reaches', value: 'tcp 443 pl-0a1b2c3d', expected: 'a service such as' },
  { input: 'reaches', value: 'tcp 443 10.0.0.0/33', expected: 'a service such as' },
  { input: 'reaches', value: 'SSM', expected: 'a service such as' },
  { input: 'endpoints', value: 'SSM', expected: 'a service name' },
  { input: 'endpoints', value: 's3:gatway', expected: 'a service name' },
  { input: 'endpoints', value: 'logs ssm', expected: 'a service name' },
  { input: 'endpoints', value: 'none, logs', shown: 'none', expected: 'a service; write it alone' },
  { input: 'endpoint-subnets', value: 'vpc-0a1b2c3d', expected: 'a subnet id' },
  { input: 'endpoint-access', value: 'subnet', expected: 'one of `vpc`', nearest: 'subnets' },
  { input: 'existing-endpoints', value: 'adopt', expected: 'one of `reuse`, `extend`, `fail`' },
  { input: 'endpoint-policy', value: '{"Version":', expected: 'a policy in JSON with a `Statement`' },
  { input: 'endpoint-policy', value: '[]', expected: 'a policy in JSON with a `Statement`' },
  { input: 'private-dns', value: 'on', expected: 'one of `true`, `false`' },
  { input: 'ipv6', value: 'yes', expected: 'one of `true`, `false`' },
  { input: 'iam-policy', value: 'manged', expected: 'one of `managed`', nearest: 'managed' },
  { input: 'harden-role', value: 'yes', expected: 'one of `true`, `false`' },
  { input: 'advice', value: 'ful', expected: 'one of `auto`', nearest: 'full' },
  { input: 'endpoints', value: 'auto:interface', expected: 'a service name' },
  { input: 'endpoints', value: 'Auto', expected: 'a service name', nearest: 'auto' },
  { input: 'allow', value: 'everything', expected: 'a consent such as' },
  { input: 'allow', value: 'internet-loss', expected: '`internet-loss:<function>`' },
  { input: 'allow', value: 'internet-loss:', expected: '`internet-loss:<function>`' },
  { input: 'allow', value: 'public-subnets:all', expected: '`public-subnets`' },
  {
    input: 'allow',
    value: 'conection-drop:dynamodb',
    expected: 'a consent such as',
    nearest: 'connection-drop',
  },
  { input: 'allow', value: 'private-dns-redirect: logs ssm', expected: '`private-dns-redirect:<service>`' },
  { input: 'tags', value: 'App', expected: '`Key=Value`' },
  { input: 'tags', value: '=x', expected: '`Key=Value`' },
  { input: 'tags', value: `${'k'.repeat(129)}=x`, expected: 'at most 128 and 256' },
  { input: 'tags', value: `k=${'v'.repeat(257)}`, expected: 'at most 128 and 256' },
  { input: 'tags', value: 'managed-by=me', expected: 'managed-by is reserved' },
  { input: 'tags', value: 'Managed-By=me', expected: 'Managed-By is reserved' },
  { input: 'tags', value: 'vpc-lambda-action:owner=1', expected: 'vpc-lambda-action:owner is reserved' },
  { input: 'tags', value: 'aws:x=1', expected: 'aws:x is reserved' },
  { input: 'tags', value: 'App=1, App=2', shown: 'App=2', expected: 'the only value of App' },
  {
    input: 'tags',
    value: Array.from({ length: 31 }, (_, index) => `k${index}=x`).join(),
    shown: '31 tags',
    expected: 'at most 30',
  },
  { input: 'wait-timeout', value: '10', expected: 'a duration from `1s` to `6h`' },
  { input: 'wait-timeout', value: '0s', expected: 'a duration from `1s` to `6h`' },
  { input: 'wait-timeout', value: '7h', expected: 'a duration from `1s` to `6h`' },
  { input: 'wait-timeout', value: '1.5m', expected: 'a duration from `1s` to `6h`' },
  { input: 'fail-on', value: 'errors', expected: 'one of `error`', nearest: 'error' },
  { input: 'fail-on', value: 'none, drift', shown: 'none', expected: '`none` alone' },
  { input: 'allowed-account-ids', value: '12345678901', expected: '12 digits (YAML drops zeros' },
  {
    input: 'allowed-account-ids',
    value: '123456789012 210987654321',
    expected: 'an AWS account id of 12 digits',
  },
  { input: 'comment', value: 'newer', expected: 'one of `auto`', nearest: 'never' },
  { input: 'label', value: 'x'.repeat(101), expected: 'one line of at most 100' },
  { input: 'label', value: 'a\nb', shown: 'a b', expected: 'one line of at most 100' },
  { input: 'pr-number', value: '#42', expected: 'the number of a pull request' },
  { input: 'pr-number', value: '0', expected: 'the number of a pull request' },
  { input: 'pr-number', value: 'refs/pull/42/merge', expected: 'the number of a pull request' },
  { input: 'github-token', value: 'ghp_secret two', shown: '***', expected: 'a token' },
];

describe('junk is refused with the value, what was expected, the nearest word and the grammar', () => {
  it.each(junk)('$input: $value', ({ input, value, shown = value, expected, nearest }) => {
    const problems = problemsOf({ [input]: value });
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(problem?.code).toBe('invalid-input');
    expect(problem?.message).toContain(`Input ${input}: \`${shown}\` is not `);
    if (typeof expected === 'string') expect(problem?.message).toContain(expected);
    else expect(problem?.message).toMatch(expected);
    if (nearest) expect(problem?.message).toContain(`Did you mean \`${nearest}\`?`);
    expect(problem?.remedy).toBe(`Write ${input} as ${grammar[input].grammar}.`);
  });

  it('every input that can be junk has a row', () => {
    expect(new Set(junk.map(({ input }) => input))).toEqual(new Set(Object.keys(grammar)));
  });

  it.each(['subnet-nonsense', 'subnet-0A1B2C3D'])(
    'a wrong subnet id is not said to belong in its own input: %s',
    (value) => {
      expect(problemsOf({ subnets: value })[0]?.message).not.toContain('belong in');
    },
  );

  it.each([
    'subnets',
    'security-groups',
    'endpoints',
    'egress',
    'endpoint-subnets',
    'allow',
    'tags',
    'allowed-account-ids',
    'fail-on',
  ])('commas alone are no list for %s: two empty variables must not mean "must be empty"', (input) => {
    expect(problemsOf({ [input]: ' , ,' })).toHaveLength(1);
  });
});
