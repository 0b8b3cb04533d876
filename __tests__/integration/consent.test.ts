import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { withTestBed } from '../support/test-bed.js';
import {
  addForeignInterface,
  addFunction,
  addRole,
  addSecurityGroup,
  moveFunction,
} from '../support/worlds/world.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

describe('consents', () => {
  it('are asked for where others are in the VPC, each with its line, and then enough', async () => {
    const world = await caseWorld(bed);
    await addForeignInterface(bed.direct, { subnetId: world.subnetIds[0] ?? '' });
    const inputs = { ...caseInputs, endpoints: 'logs, s3' };
    const asked = await step(bed, inputs);
    expect(asked.outputs.outcome).toBe('blocked');
    expect(writes(bed.proxy.calls)).toEqual([]);
    const said = asked.annotations.map(({ message }) => message).join('\n');
    expect(said).toContain('`private-dns-redirect:logs`');
    expect(said).toContain('`connection-drop:s3`');
    const allow = 'private-dns-redirect:logs\nconnection-drop:s3\nreplace-network:app-7';
    const given = await step(bed, { ...inputs, allow });
    expect(given.outputs.outcome).toBe('changed');
    expect(given.annotations.map(({ properties }) => properties.title)).toContain('consent-unused');
  });

  it('are needed to take away what the function has today', async () => {
    const world = await caseWorld(bed);
    const group = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'database-clients' });
    await moveFunction(bed.direct, { name: 'app-7', subnetIds: [...world.subnetIds], groupIds: [group] });
    const kept = await step(bed, { 'function-name': 'app-7', 'aws-region': 'us-east-2' });
    expect(kept.outputs.outcome).toBe('changed');
    expect(JSON.parse(kept.outputs['security-group-ids'] ?? '')).toContain(group);
    const inputs = { ...caseInputs, subnets: world.subnetIds[0] ?? '', 'security-groups': 'managed' };
    const asked = await step(bed, inputs);
    expect(asked.outputs.outcome).toBe('blocked');
    expect(asked.annotations.map(({ message }) => message).join('\n')).toContain('`replace-network:app-7`');
    const given = await step(bed, { ...inputs, allow: 'replace-network:app-7' });
    expect(given.outputs.outcome).toBe('changed');
    expect(JSON.parse(given.outputs['security-group-ids'] ?? '')).not.toContain(group);
  });

  it('are needed to remove a rule that somebody else added', async () => {
    await caseWorld(bed);
    await step(bed);
    const { SecurityGroups = [] } = await bed.direct.ec2.describeSecurityGroups({
      Filters: [{ Name: 'group-name', Values: ['app-7-lambda'] }],
    });
    const GroupId = SecurityGroups[0]?.GroupId ?? '';
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, IpRanges: [{ CidrIp: '10.1.2.3/32' }] },
    ];
    await bed.direct.ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
    const reported = await step(bed);
    expect(reported.outputs).toMatchObject({ outcome: 'unchanged', 'drift-count': '1' });
    expect(writes(bed.proxy.calls)).toEqual([]);
    const removed = await step(bed, { ...caseInputs, allow: `rule-removal:${GroupId}` });
    expect(removed.outputs.outcome).toBe('changed');
    expect((await step(bed)).outputs['drift-count']).toBe('0');
  });
});

describe('two apps in one VPC', () => {
  it('share endpoints, and neither undoes the other', async () => {
    const world = await caseWorld(bed);
    await addFunction(bed.direct, {
      name: 'b',
      roleArn: await addRole(bed.direct, { name: 'b-role', actions: ['logs:PutLogEvents'] }),
    });
    const a = { ...caseInputs, subnets: world.subnetIds.slice(0, 2).join() };
    const b = { ...caseInputs, 'function-name': 'b', subnets: world.subnetIds.slice(1).join() };
    const owner = { env: { GITHUB_REPOSITORY_ID: '77' } };
    const run = async (inputs: Record<string, string>, options = {}) => {
      const { outputs, annotations } = await step(bed, inputs, options);
      const refused = bed.proxy.calls.filter(({ errorCode }) => errorCode !== '');
      const asked = annotations.filter(({ properties }) => properties.title === 'consent-missing');
      return { outcome: outputs.outcome, writes: writes(bed.proxy.calls).length, refused, asked };
    };
    const runs = [await run(a), await run(b, owner), await run(a), await run(b, owner)];
    expect(runs.map(({ outcome }) => outcome)).toEqual(['changed', 'changed', 'unchanged', 'unchanged']);
    expect(runs.slice(2).map((one) => one.writes)).toEqual([0, 0]);
    // Nothing was consented to, and nothing is asked for.
    expect(runs.flatMap(({ asked }) => asked)).toEqual([]);
    // A second app of the published job is refused three times: its group's name, and both private names.
    expect(runs.flatMap(({ refused }) => refused)).toEqual([]);
    const { VpcEndpoints = [] } = await bed.direct.ec2.describeVpcEndpoints({});
    expect(VpcEndpoints.map(({ SubnetIds }) => [...(SubnetIds ?? [])].sort())).toEqual([
      [...world.subnetIds].sort(),
      [...world.subnetIds].sort(),
    ]);
    for (const name of ['app-7', 'b']) {
      const { VpcConfig } = await bed.direct.lambda.getFunctionConfiguration({ FunctionName: name });
      expect(VpcConfig?.SecurityGroupIds).toHaveLength(1);
    }
  });

  it('of one name stop the second one', async () => {
    await caseWorld(bed);
    await step(bed);
    const { outputs, annotations } = await step(bed, caseInputs, { env: { GITHUB_REPOSITORY_ID: '77' } });
    expect(outputs.outcome).toBe('blocked');
    expect(annotations.map(({ properties }) => properties.title)).toContain('resource-name-taken');
  });
});
