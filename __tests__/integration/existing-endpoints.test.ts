import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import { withTestBed } from '../support/test-bed.js';
import type { CaseStudy } from '../support/worlds/case-study.js';
import {
  addEndpoint,
  addForeignInterface,
  addRouteTable,
  addSecurityGroup,
  addSubnet,
} from '../support/worlds/world.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0, endpointDeletingPolls: 1 });

const service = (word: string): string => `com.amazonaws.us-east-2.${word}`;
const extend = { ...caseInputs, 'existing-endpoints': 'extend' };

/** Somebody's endpoint in the first subnet, whose group admits these ranges. */
async function foreignLogs({ vpcId, subnetIds }: CaseStudy, ingressCidrs: string[], more = {}) {
  const group = await addSecurityGroup(bed.direct, { vpcId, name: 'guard', ingressCidrs });
  const id = await addEndpoint(bed.direct, {
    vpcId,
    service: service('logs'),
    subnetIds: subnetIds.slice(0, 1),
    groupIds: [group],
    ...more,
  });
  return { id, group };
}

async function endpointById(id: string) {
  const { VpcEndpoints = [] } = await bed.direct.ec2.describeVpcEndpoints({ VpcEndpointIds: [id] });
  return VpcEndpoints[0];
}

const codesOf = (annotations: readonly { properties: Readonly<Record<string, string>> }[]): unknown[] =>
  annotations.map(({ properties }) => properties.title);

describe('endpoints of somebody else', () => {
  it('are used and not changed by default', async () => {
    const world = await caseWorld(bed);
    const { id, group } = await foreignLogs(world, ['12.25.15.0/25']);
    const { outputs } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(JSON.parse(outputs['endpoint-ids'] ?? '')).toContain(id);
    expect(await endpointById(id)).toMatchObject({
      SubnetIds: world.subnetIds.slice(0, 1),
      Groups: [{ GroupId: group }],
    });
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
  });

  it('get what they lack with `extend`, which says that they are not ours, once', async () => {
    const world = await caseWorld(bed);
    const { id, group } = await foreignLogs(world, ['10.99.0.0/16']);
    const refused = await step(bed);
    expect(refused.outputs.outcome).toBe('blocked');
    expect(codesOf(refused.annotations)).toContain('endpoint-in-the-way');
    const { outputs, summary } = await step(bed, extend);
    expect(outputs.outcome).toBe('changed');
    expect(summary).toContain(`adds to ${id}, which this action did not make`);
    const after = await endpointById(id);
    expect([...(after?.SubnetIds ?? [])].sort()).toEqual([...world.subnetIds].sort());
    expect(after?.Groups?.map(({ GroupId }) => GroupId)).toEqual([group, expect.stringMatching(/^sg-/)]);
    expect((await step(bed, extend)).outputs.outcome).toBe('unchanged');
    expect(writes(bed.proxy.calls)).toEqual([]);
    // What was added serves without the input as well.
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
  });

  it('of the gateway type get the function’s route tables', async () => {
    const world = await caseWorld(bed);
    const routeTableId = await addRouteTable(bed.direct, { vpcId: world.vpcId });
    const id = await addEndpoint(bed.direct, {
      vpcId: world.vpcId,
      service: service('s3'),
      type: 'Gateway',
      routeTableIds: [routeTableId],
    });
    const inputs = { ...extend, endpoints: 's3' };
    const other = await addSubnet(bed.direct, {
      vpcId: world.vpcId,
      cidr: '12.25.15.96/27',
      zone: 'us-east-2a',
      routeTableId: world.routeTableId,
    });
    await addForeignInterface(bed.direct, { subnetId: other });
    const asked = await step(bed, inputs);
    expect(asked.outputs.outcome).toBe('blocked');
    expect(asked.summary).toContain(`1 other subnet on these tables: ${other}`);
    expect((await step(bed, { ...inputs, allow: 'connection-drop:s3' })).outputs.outcome).toBe('changed');
    expect([...((await endpointById(id))?.RouteTableIds ?? [])].sort()).toEqual(
      [routeTableId, world.routeTableId].sort(),
    );
    expect((await step(bed, inputs)).outputs.outcome).toBe('unchanged');
  });

  it('stop the run with `fail`, before anything is written', async () => {
    const world = await caseWorld(bed);
    const { id } = await foreignLogs(world, ['12.25.15.0/25']);
    const { outputs, annotations } = await step(bed, { ...caseInputs, 'existing-endpoints': 'fail' });
    expect(outputs.outcome).toBe('blocked');
    expect(codesOf(annotations)).toContain('endpoint-of-others');
    expect(annotations.map(({ message }) => message).join()).toContain(id);
    expect(writes(bed.proxy.calls)).toEqual([]);
  });

  it('that a service of AWS’s manages are neither used nor changed', async () => {
    const world = await caseWorld(bed);
    const { id } = await foreignLogs(world, ['12.25.15.0/25'], { privateDns: false });
    bed.proxy.markRequesterManaged(id);
    const { outputs } = await step(bed, extend);
    expect(outputs.outcome).toBe('changed');
    expect(JSON.parse(outputs['endpoint-ids'] ?? '')).not.toContain(id);
    expect((await endpointById(id))?.SubnetIds).toEqual(world.subnetIds.slice(0, 1));
  });

  it('with a policy that restricts are used with a warning, and their policy stays', async () => {
    const world = await caseWorld(bed);
    const policy = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'logs:PutLogEvents', Resource: '*' }],
    });
    const { id } = await foreignLogs(world, ['12.25.15.0/25'], { policy });
    const full = JSON.stringify({
      Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
    });
    const { outputs, annotations } = await step(bed, { ...extend, 'endpoint-policy': full });
    expect(outputs.outcome).toBe('changed');
    expect(codesOf(annotations)).toContain('endpoint-policy-restricts');
    expect((await endpointById(id))?.PolicyDocument).toBe(policy);
  });

  it('that are being deleted are waited for', async () => {
    const world = await caseWorld(bed);
    const { id } = await foreignLogs(world, ['12.25.15.0/25']);
    bed.proxy.setOptions({ endpointDeletingPolls: 3 });
    await bed.through.ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    const planned = await step(bed, { ...caseInputs, 'dry-run': 'true' });
    expect(planned.outputs.outcome).toBe('planned');
    expect(planned.summary).toContain('is being deleted');
    const { outputs, stdout } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(stdout).toContain(`waiting for ${id} before planning`);
    bed.proxy.setOptions({ endpointDeletingPolls: 1 });
  });
});

describe('the policy of endpoints', () => {
  const allowing = (action: string): string =>
    JSON.stringify(
      { Statement: [{ Effect: 'Allow', Principal: '*', Action: action, Resource: '*' }] },
      null,
      2,
    );

  it('is read from the repository, set, and left when it is as wanted', async () => {
    const world = await caseWorld(bed);
    const cwd = mkdtempSync(join(tmpdir(), 'vpc-lambda-action-policy-'));
    writeFileSync(join(cwd, 'policy.json'), allowing('*'));
    const inputs = { ...caseInputs, 'endpoint-policy': 'policy.json' };
    expect((await step(bed, inputs, { cwd })).outputs.outcome).toBe('changed');
    expect((await step(bed, inputs, { cwd })).outputs.outcome).toBe('unchanged');
    await addForeignInterface(bed.direct, { subnetId: world.subnetIds[0] ?? '' });
    writeFileSync(join(cwd, 'policy.json'), allowing('logs:PutLogEvents'));
    const asked = await step(bed, inputs, { cwd });
    expect(asked.outputs.outcome).toBe('blocked');
    const said = asked.annotations.map(({ message }) => message).join('\n');
    expect(said).toContain('`private-dns-redirect:logs`');
    expect(said).toContain('changes what everyone in the VPC may do through this endpoint');
    const allow = 'private-dns-redirect:logs, private-dns-redirect:ssm';
    expect((await step(bed, { ...inputs, allow }, { cwd })).outputs.outcome).toBe('changed');
    const { VpcEndpoints = [] } = await bed.direct.ec2.describeVpcEndpoints({});
    const actions = VpcEndpoints.map(
      ({ PolicyDocument = '{}' }) => JSON.parse(PolicyDocument).Statement[0].Action,
    );
    expect(actions).toEqual(['logs:PutLogEvents', 'logs:PutLogEvents']);
    expect((await step(bed, inputs, { cwd })).outputs.outcome).toBe('unchanged');
    // A run that says nothing about it leaves it alone.
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
  });

  it('that cannot be read stops the run before AWS is asked anything', async () => {
    await caseWorld(bed);
    const { outputs, annotations } = await step(bed, { ...caseInputs, 'endpoint-policy': '../policy.json' });
    expect(outputs.outcome).toBe('failed');
    expect(codesOf(annotations)).toContain('invalid-input');
    expect(bed.proxy.calls).toEqual([]);
  });
});

describe('a VPC whose names are answered by a private hosted zone', () => {
  /** A route to another network, where endpoints may stand for many VPCs. */
  async function withRoute({ routeTableId }: CaseStudy): Promise<void> {
    const { ec2 } = bed.direct;
    const { TransitGateway } = await ec2.createTransitGateway({});
    await ec2.createRoute({
      RouteTableId: routeTableId,
      DestinationCidrBlock: '10.200.0.0/16',
      TransitGatewayId: TransitGateway?.TransitGatewayId,
    });
  }
  const asked = (): string[] =>
    bed.proxy.calls.map(({ action }) => action).filter((action) => action.startsWith('route53:'));

  it('gets no endpoint of that name, is told so, and then needs nothing', async () => {
    const world = await caseWorld(bed);
    await withRoute(world);
    await bed.direct.route53.createHostedZone({
      Name: 'logs.us-east-2.amazonaws.com',
      CallerReference: 'central',
      HostedZoneConfig: { PrivateZone: true },
      VPC: { VPCId: world.vpcId, VPCRegion: 'us-east-2' },
    });
    const connected = await step(bed);
    expect(connected.outputs.outcome).toBe('changed');
    expect(codesOf(connected.annotations)).toContain('endpoint-central');
    const { VpcEndpoints = [] } = await bed.direct.ec2.describeVpcEndpoints({});
    expect(VpcEndpoints.map(({ ServiceName }) => ServiceName)).toEqual([service('ssm')]);
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
    expect(writes(bed.proxy.calls)).toEqual([]);
  });

  it('is not known to be one where zones may not be read, which stops nothing', async () => {
    await withRoute(await caseWorld(bed));
    bed.proxy.inject(deny('route53:ListHostedZonesByVPC'));
    const { outputs, summary } = await step(bed);
    expect(outputs.outcome).toBe('changed');
    expect(summary).toContain('route53:ListHostedZonesByVPC');
    bed.proxy.clearFaults();
    // Nothing is made any more, so nothing is asked.
    expect((await step(bed)).outputs.outcome).toBe('unchanged');
    expect(asked()).toEqual([]);
  });

  it('is not looked for where no route leads to another network', async () => {
    await caseWorld(bed);
    expect((await step(bed)).outputs.outcome).toBe('changed');
    expect(asked()).toEqual([]);
  });
});
