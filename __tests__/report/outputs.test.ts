import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { outputsOf } from '../../src/report/outputs.js';
import { endpointIds, functionGroupId, subnetIds, vpcId } from '../fixtures/network.js';
import { runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';
import { projectRoot } from '../support/project-root.js';

const files = { planFile: '/tmp/plan.json', reportFile: '/tmp/report.md' };
const declared = Object.keys(parse(readFileSync(join(projectRoot, 'action.yml'), 'utf8')).outputs);
const outputs = (name: string): Record<string, string> => outputsOf(stories[name] ?? runRecord(), files);

describe.each(Object.keys(stories))('the outputs of the story %s', (name) => {
  it('are those of action.yml, all of them texts', () => {
    expect(Object.keys(outputs(name)).sort()).toEqual([...declared].sort());
    expect(Object.values(outputs(name)).every((value) => typeof value === 'string')).toBe(true);
  });

  it('hold lists that fromJSON takes', () => {
    for (const list of ['subnet-ids', 'security-group-ids', 'endpoint-ids', 'pending']) {
      expect(JSON.parse(outputs(name)[list] ?? '')).toBeInstanceOf(Array);
    }
  });
});

it('tells an applied run', () => {
  expect(outputs('applied')).toEqual({
    outcome: 'changed',
    'has-changes': 'true',
    'changes-count': '10',
    'drift-count': '0',
    'plan-digest': '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    'plan-file': '/tmp/plan.json',
    'report-file': '/tmp/report.md',
    'function-arn': 'arn:aws:lambda:us-east-2:123456789012:function:app-7',
    'vpc-id': vpcId,
    'subnet-ids': JSON.stringify(subnetIds),
    'security-group-ids': JSON.stringify([functionGroupId]),
    'endpoint-ids': JSON.stringify(endpointIds),
    'role-name': 'app-7-lambda-role',
    'previous-vpc-config': '{"SubnetIds":[],"SecurityGroupIds":[],"Ipv6AllowedForDualStack":false}',
    pending: '[]',
    'comment-url': '',
    'aws-account-id': '123456789012',
    results: expect.any(String),
  });
  expect(JSON.parse(outputs('applied').results ?? '')).toEqual({
    'arn:aws:lambda:us-east-2:123456789012:function:app-7': {
      outcome: 'changed',
      'subnet-ids': subnetIds,
      'security-group-ids': [functionGroupId],
      'role-name': 'app-7-lambda-role',
      'previous-vpc-config': { SubnetIds: [], SecurityGroupIds: [], Ipv6AllowedForDualStack: false },
      problems: [],
    },
  });
});

it('tells what a rerun continues after a partial run alone', () => {
  const pending = ['execution-role/app-7-lambda-role', 'vpc-endpoint/ssm', 'function/app-7', 'tags/wanted'];
  expect(JSON.parse(outputs('partial').pending ?? '')).toEqual(pending);
  for (const name of ['from-scratch', 'blocked', 'unchanged', 'applied', 'failed-early']) {
    expect(outputs(name).pending).toBe('[]');
  }
});

it('counts drift that is repaired and drift that is only reported', () => {
  expect(outputs('drift')).toMatchObject({ 'drift-count': '2', 'has-changes': 'true', 'changes-count': '1' });
  expect(outputs('unchanged')).toMatchObject({
    'drift-count': '0',
    'has-changes': 'false',
    'changes-count': '0',
  });
});

it('leaves empty what a run that stopped early does not know', () => {
  const { outcome, 'plan-file': plan, 'report-file': report, results, ...rest } = outputs('failed-early');
  expect([outcome, plan, report]).toEqual(['failed', files.planFile, files.reportFile]);
  expect(JSON.parse(results ?? '')).toMatchObject({ 'app-7': { outcome: 'failed', 'role-name': '' } });
  expect(new Set(Object.values(rest))).toEqual(new Set(['', '[]', 'false', '0', 'null']));
});

it('knows the configuration of before from what was read, while nothing is written', () => {
  const read = outputsOf({ ...runRecord(), plan: undefined }, files);
  expect(read['previous-vpc-config']).toContain('"SubnetIds":[]');
  expect(read).toMatchObject({
    'function-arn': expect.stringContaining('app-7'),
    'role-name': 'app-7-lambda-role',
    'has-changes': 'false',
  });
  const { results } = stories.applied ?? runRecord();
  expect(outputsOf({ ...runRecord(), plan: undefined, results }, files)['previous-vpc-config']).toBe('null');
});
