import { describe, expect, it } from '@jest/globals';
import type { Desired, Inputs } from '../../src/model/desired.js';
import { parsed } from '../builders/env.js';

const arn = 'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:app-7';

interface Row {
  readonly inputs: Record<string, string>;
  readonly desired: Partial<Desired>;
}

const rows: readonly Row[] = [
  { inputs: { 'function-name': 'app_7-x' }, desired: { functions: [{ name: 'app_7-x', arn: undefined }] } },
  {
    inputs: { 'function-name': 'app-7:$LATEST' },
    desired: { functions: [{ name: 'app-7', arn: undefined }] },
  },
  {
    inputs: { 'function-name': arn, 'aws-region': '' },
    desired: { functions: [{ name: 'app-7', arn }] },
  },
  {
    inputs: { 'function-name': `${arn}:$LATEST`, 'aws-region': '' },
    desired: { functions: [{ name: 'app-7', arn }] },
  },
  {
    inputs: { 'function-name': `one, two\n${arn}\none`, 'resource-name': 'set', 'aws-region': '' },
    desired: {
      functions: [
        { name: 'one', arn: undefined },
        { name: 'two', arn: undefined },
        { name: 'app-7', arn },
      ],
    },
  },
  { inputs: { vpc: 'vpc-0a1b2c3d' }, desired: { vpc: { kind: 'id', id: 'vpc-0a1b2c3d' } } },
  {
    inputs: { vpc: 'name:prod-*' },
    desired: { vpc: { kind: 'match', conditions: [{ kind: 'name', glob: 'prod-*' }], text: 'name:prod-*' } },
  },
  { inputs: { subnets: 'private' }, desired: { subnets: [{ kind: 'private' }] } },
  {
    inputs: { subnets: 'subnet-0a1b2c3d\ntag:Tier=private tag:App="a, b"' },
    desired: {
      subnets: [
        { kind: 'id', id: 'subnet-0a1b2c3d' },
        {
          kind: 'match',
          conditions: [
            { kind: 'tag', key: 'Tier', value: 'private' },
            { kind: 'tag', key: 'App', value: 'a, b' },
          ],
          text: 'tag:Tier=private tag:App="a, b"',
        },
      ],
    },
  },
  {
    inputs: { subnets: 'tag:aws:cloudformation:logical-id=A=B' },
    desired: {
      subnets: [
        {
          kind: 'match',
          conditions: [{ kind: 'tag', key: 'aws:cloudformation:logical-id', value: 'A=B' }],
          text: 'tag:aws:cloudformation:logical-id=A=B',
        },
      ],
    },
  },
  {
    inputs: { 'security-groups': 'managed, sg-0a1b2c3d, my group' },
    desired: {
      securityGroups: [
        { kind: 'managed' },
        { kind: 'id', id: 'sg-0a1b2c3d' },
        { kind: 'name', name: 'my group' },
      ],
    },
  },
  { inputs: { 'endpoint-access': 'Function' }, desired: { endpointAccess: 'function' } },
  { inputs: { 'private-dns': 'FALSE' }, desired: { privateDns: false } },
  { inputs: { ipv6: 'true' }, desired: { ipv6: true } },
  { inputs: { ipv6: 'false' }, desired: { ipv6: false } },
  { inputs: { ipv6: '' }, desired: { ipv6: undefined } },
  { inputs: { 'iam-policy': 'verify' }, desired: { iamPolicy: 'verify' } },
  { inputs: { 'iam-policy': 'inline' }, desired: { iamPolicy: 'inline' } },
  { inputs: { 'harden-role': 'true' }, desired: { hardenRole: true } },
  {
    inputs: { endpoints: 'auto, s3' },
    desired: { endpoints: [{ service: 's3', type: undefined, text: 's3' }], autoEndpoints: true },
  },
  { inputs: { endpoints: 'auto' }, desired: { endpoints: [], autoEndpoints: true } },
  {
    inputs: { endpoints: 'logs, s3:interface\ncom.amazonaws.us-east-2.ecr.dkr, logs' },
    desired: {
      endpoints: [
        { service: 'logs', type: undefined, text: 'logs' },
        { service: 's3', type: 'Interface', text: 's3:interface' },
        {
          service: 'com.amazonaws.us-east-2.ecr.dkr',
          type: undefined,
          text: 'com.amazonaws.us-east-2.ecr.dkr',
        },
      ],
    },
  },
  {
    inputs: { allow: 'private-dns-redirect:s3:interface\npublic-subnets, rule-removal:my group' },
    desired: {
      allow: [
        { kind: 'private-dns-redirect', object: 's3:interface' },
        { kind: 'public-subnets', object: undefined },
        { kind: 'rule-removal', object: 'my group' },
      ],
    },
  },
  {
    inputs: { allow: 'internet-loss: app-7' },
    desired: { allow: [{ kind: 'internet-loss', object: 'app-7' }] },
  },
  {
    inputs: { tags: 'App=billing\nOwner="a, b", Empty=' },
    desired: { tags: { App: 'billing', Owner: 'a, b', Empty: '' } },
  },
  {
    inputs: { 'allowed-account-ids': '123456789012, "210987654321"' },
    desired: { allowedAccountIds: ['123456789012', '210987654321'] },
  },
  {
    inputs: {},
    desired: {
      endpointAccess: 'vpc',
      iamPolicy: 'managed',
      hardenRole: false,
      autoEndpoints: false,
      allow: [],
      tags: {},
      allowedAccountIds: undefined,
    },
  },
];

it.each(rows)('$inputs', ({ inputs, desired }) => {
  expect(parsed(inputs).inputs.desired).toMatchObject(desired);
});

describe('egress', () => {
  it.each([
    {
      line: 'tcp 5432 sg-0a1b2c3d',
      protocol: 'tcp',
      ports: { from: 5432, to: 5432 },
      peer: { kind: 'group', value: 'sg-0a1b2c3d' },
    },
    {
      line: 'tcp 5432 210987654321/sg-0a1b2c3d',
      protocol: 'tcp',
      ports: { from: 5432, to: 5432 },
      peer: { kind: 'group', value: '210987654321/sg-0a1b2c3d' },
    },
    {
      line: 'udp 1000-2000 10.1.2.3/8',
      protocol: 'udp',
      ports: { from: 1000, to: 2000 },
      peer: { kind: 'cidr', value: '10.0.0.0/8' },
    },
    {
      line: 'tcp 443 10.1.2.3',
      protocol: 'tcp',
      ports: { from: 443, to: 443 },
      peer: { kind: 'cidr', value: '10.1.2.3/32' },
    },
    {
      line: 'tcp 443 2001:DB8:0:0::1',
      protocol: 'tcp',
      ports: { from: 443, to: 443 },
      peer: { kind: 'cidr', value: '2001:db8::1/128' },
    },
    {
      line: 'tcp 443 2001:db8:1::/32',
      protocol: 'tcp',
      ports: { from: 443, to: 443 },
      peer: { kind: 'cidr', value: '2001:db8::/32' },
    },
    {
      line: 'tcp 443 pl-0a1b2c3d',
      protocol: 'tcp',
      ports: { from: 443, to: 443 },
      peer: { kind: 'prefix-list', value: 'pl-0a1b2c3d' },
    },
    {
      line: 'tcp 443 s3',
      protocol: 'tcp',
      ports: { from: 443, to: 443 },
      peer: { kind: 'service', value: 's3' },
    },
    {
      line: 'all 10.0.0.0/8',
      protocol: 'all',
      ports: undefined,
      peer: { kind: 'cidr', value: '10.0.0.0/8' },
    },
    {
      line: 'tcp 0-65535 10.0.0.0/8',
      protocol: 'tcp',
      ports: undefined,
      peer: { kind: 'cidr', value: '10.0.0.0/8' },
    },
  ])('$line', ({ line, ...rule }) => {
    expect(parsed({ egress: line }).inputs.desired.egress).toEqual([{ ...rule, text: line }]);
  });
});

describe('how the run behaves', () => {
  it.each<[string, Record<string, string>, Partial<Inputs>]>([
    ['defaults', {}, { dryRun: 'auto', failOn: ['error'], waitTimeout: 600 }],
    ['seconds', { 'wait-timeout': '90s' }, { waitTimeout: 90 }],
    ['minutes', { 'wait-timeout': '15m' }, { waitTimeout: 900 }],
    ['the longest wait', { 'wait-timeout': '6h' }, { waitTimeout: 21_600 }],
    ['dry run in capitals, as YAML 1.1 tools write it', { 'dry-run': 'True' }, { dryRun: 'true' }],
    ['a list of reasons to fail', { 'fail-on': 'drift, changes' }, { failOn: ['drift', 'changes'] }],
  ])('%s', (_name, inputs, result) => {
    expect(parsed(inputs).inputs).toMatchObject(result);
  });
});

it('a tag with the name of a property of every object is kept', () => {
  expect(Object.entries(parsed({ tags: '__proto__=x, constructor=y' }).inputs.desired.tags)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
});
