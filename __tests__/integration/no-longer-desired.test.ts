import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { withTestBed } from '../support/test-bed.js';
import { addForeignInterface, addFunction, addRole, addSecurityGroup } from '../support/worlds/world.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0, endpointDeletingPolls: 1 });

async function services(): Promise<string[]> {
  const { VpcEndpoints = [] } = await bed.through.ec2.describeVpcEndpoints({});
  return VpcEndpoints.filter(({ State }) => String(State) === 'available')
    .map(({ ServiceName }) => ServiceName?.split('.').pop() ?? '')
    .sort();
}

const fewer = { ...caseInputs, endpoints: 'ssm' };
const owner = { env: { GITHUB_REPOSITORY_ID: '77' } };

async function secondApp(): Promise<Record<string, string>> {
  await addFunction(bed.direct, {
    name: 'b',
    roleArn: await addRole(bed.direct, { name: 'b-role', actions: ['logs:PutLogEvents'] }),
  });
  return { ...caseInputs, 'function-name': 'b' };
}

describe('an endpoint that is not listed any more', () => {
  it('stays with a notice of what it costs, and is deleted with consent', async () => {
    await caseWorld(bed);
    await step(bed);
    const stays = await step(bed, fewer);
    expect(stays.outputs.outcome).toBe('unchanged');
    expect(stays.summary).toContain('2,190 endpoint-hours a month');
    expect(writes(bed.proxy.calls)).toEqual([]);
    const deleted = await step(bed, { ...fewer, allow: 'delete-endpoints:logs' });
    expect(deleted.outputs.outcome).toBe('changed');
    expect(writes(bed.proxy.calls).map(({ action }) => action)).toContain('ec2:DeleteVpcEndpoints');
    expect(await services()).toEqual(['ssm']);
    expect((await step(bed, fewer)).outputs.outcome).toBe('unchanged');
  });

  it('of a gateway takes the rule to its prefix list along, which is no drift', async () => {
    await caseWorld(bed);
    await step(bed, { ...caseInputs, endpoints: 'logs, ssm, s3' });
    const { outputs, stdout } = await step(bed, { ...caseInputs, endpoints: 'logs, ssm' });
    expect(outputs).toMatchObject({ outcome: 'changed', 'drift-count': '0' });
    expect(stdout).toMatch(/Nobody asks for tcp 443 to pl-\w+ any more/);
    expect((await step(bed, { ...caseInputs, endpoints: 'logs, ssm' })).outputs.outcome).toBe('unchanged');
  });

  it('stays while another app is recorded on it', async () => {
    await caseWorld(bed);
    const b = await secondApp();
    await step(bed);
    expect((await step(bed, b, owner)).outputs.outcome).toBe('changed');
    const kept = await step(bed, { ...fewer, allow: 'delete-endpoints:logs' });
    expect(kept.outputs.outcome).toBe('unchanged');
    expect(kept.summary).toContain('b recorded that it uses it');
    expect(await services()).toEqual(['logs', 'ssm']);
  });

  it('stays while somebody else’s interface can use it', async () => {
    const world = await caseWorld(bed);
    await step(bed);
    await addForeignInterface(bed.direct, { subnetId: world.subnetIds[0] ?? '' });
    const kept = await step(bed, { ...fewer, allow: 'delete-endpoints:logs' });
    expect(kept.outputs.outcome).toBe('unchanged');
    expect(kept.summary).toContain('1 other network interface can use it');
    expect(await services()).toEqual(['logs', 'ssm']);
  });

  it('that AWS does not delete makes the run partial, in AWS’s words', async () => {
    await caseWorld(bed);
    await step(bed);
    const { VpcEndpoints = [] } = await bed.direct.ec2.describeVpcEndpoints({
      Filters: [{ Name: 'service-name', Values: ['com.amazonaws.us-east-2.logs'] }],
    });
    bed.proxy.markRequesterManaged(VpcEndpoints[0]?.VpcEndpointId ?? '');
    const refused = await step(bed, { ...fewer, allow: 'delete-endpoints:logs' });
    expect(refused.exitCode).toBe(1);
    expect(refused.outputs.outcome).not.toBe('changed');
    expect(refused.summary).toContain('is managed by an AWS service');
  });
});

describe('a database', () => {
  it('admits the function with consent, once, until no line of egress leads there', async () => {
    const world = await caseWorld(bed);
    const db = await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'database' });
    await addForeignInterface(bed.direct, { subnetId: world.subnetIds[0] ?? '', groupIds: [db] });
    const inputs = { ...caseInputs, endpoints: '', egress: `tcp 5432 ${db}` };
    const rules = async () => {
      const { SecurityGroupRules = [] } = await bed.direct.ec2.describeSecurityGroupRules({
        Filters: [{ Name: 'group-id', Values: [db] }],
      });
      return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress);
    };
    const warned = await step(bed, { ...inputs, 'dry-run': 'true' });
    expect(warned.summary).toContain(`peer-ingress:${db}`);
    const given = await step(bed, { ...inputs, allow: `peer-ingress:${db}` });
    expect(given.outputs.outcome).toBe('changed');
    expect(await rules()).toEqual([
      expect.objectContaining({
        FromPort: 5432,
        Tags: expect.arrayContaining([{ Key: 'managed-by', Value: 'vpc-lambda-action' }]),
      }),
    ]);
    const { SecurityGroups = [] } = await bed.direct.ec2.describeSecurityGroups({ GroupIds: [db] });
    expect(SecurityGroups[0]?.IpPermissions?.[0]?.UserIdGroupPairs?.[0]?.Description).toBe(
      'vpc-lambda-action: peer',
    );
    const again = await step(bed, inputs);
    expect(again.outputs).toMatchObject({ outcome: 'unchanged', 'drift-count': '0' });
    expect(writes(bed.proxy.calls)).toEqual([]);
    expect((await step(bed, { ...inputs, egress: 'none' })).outputs.outcome).toBe('changed');
    expect(await rules()).toEqual([]);
    expect((await step(bed, { ...inputs, egress: 'none' })).outputs.outcome).toBe('unchanged');
  });
});

describe('a role that other functions have', () => {
  it('is changed with consent only, and the plan names them', async () => {
    const world = await caseWorld(bed);
    await addFunction(bed.direct, { name: 'reports', roleArn: world.roleArn });
    const asked = await step(bed);
    expect(asked.outputs.outcome).toBe('blocked');
    const said = asked.annotations.map(({ message }) => message).join('\n');
    expect(said).toContain('1 other function: reports');
    expect(said).toContain('`shared-role:app-7-lambda-role`');
    expect(writes(bed.proxy.calls)).toEqual([]);
    expect((await step(bed, { ...caseInputs, allow: 'shared-role:app-7-lambda-role' })).outputs.outcome).toBe(
      'changed',
    );
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
  });
});
