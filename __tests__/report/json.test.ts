import { expect, it } from '@jest/globals';
import { planJson, runDocument } from '../../src/report/json.js';
import { observedAfter } from '../fixtures/network.js';
import { runRecord } from '../fixtures/run-record.js';
import { stories } from '../fixtures/stories.js';

it.each(Object.entries(stories))('holds no revision and no client token in the story %s', (_, record) => {
  const text = planJson(record);
  expect(text).not.toMatch(/must-not-leave|RevisionId|ClientToken/);
  expect(JSON.parse(text)).toEqual(runDocument(record));
});

it('would hold them if they were not taken out', () => {
  expect(JSON.stringify(runRecord())).toMatch(/revision-must-not-leave/);
  expect(JSON.stringify(runRecord())).toMatch(/token-must-not-leave/);
});

it('keeps references symbolic and sorts the members of inputs', () => {
  const change = runDocument(runRecord()).plan?.changes.find(({ id }) => id === 'vpc-endpoint/logs');
  expect(JSON.stringify(change?.calls)).toBe(
    JSON.stringify([
      {
        action: 'ec2:CreateVpcEndpoint',
        input: {
          SecurityGroupIds: [{ field: 'GroupId', ref: 'security-group/endpoints' }],
          ServiceName: 'com.amazonaws.us-east-2.logs',
          VpcId: 'vpc-0a1b2c3d',
        },
      },
    ]),
  );
});

it('has the same members whatever is known', () => {
  const known = Object.keys(runDocument(stories.applied ?? runRecord()));
  const unknown = runDocument(stories['failed-early'] ?? runRecord());
  expect(Object.keys(unknown)).toEqual(known);
  expect(unknown).toMatchObject({ formatVersion: 1, plan: null, networks: [], results: [] });
  expect(unknown.problems[1]).toMatchObject({ awsCode: 'UnauthorizedOperation', action: 'ec2:DescribeVpcs' });
  expect(unknown.problems[0]).toMatchObject({ awsCode: null, action: null });
});

it('names the main route table of subnets without one of their own', () => {
  const routeTables = observedAfter.routeTables.map((table) => ({ ...table, main: true, subnetIds: [] }));
  const record = runRecord({ observed: { ...observedAfter, routeTables } });
  expect(runDocument(record).networks[0]?.routeTableIds).toEqual(['rtb-0001']);
});
