import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { RunDocument } from '../../src/report/document.js';
import { count, depth, writes } from '../support/proxy/calls.js';
import { deny } from '../support/proxy/faults.js';
import { allowOnly } from '../support/proxy/permissions.js';
import type { StepResult } from '../support/run-action.js';
import { withTestBed } from '../support/test-bed.js';
import {
  addEndpoint,
  addForeignInterface,
  addNat,
  addPublicSubnet,
  addSecurityGroup,
  moveFunction,
} from '../support/worlds/world.js';
import { adviceReads, coreReads, reachReads } from './read-sets.js';
import { caseInputs, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0, latency: 40 });

const plain = { 'function-name': 'app-7', 'aws-region': 'us-east-2' };
const looking = { ...plain, 'dry-run': 'true' };

function documentOf({ files }: StepResult): RunDocument {
  const [name] = Object.keys(files).filter((file) => file.endsWith('.json'));
  return JSON.parse(files[name ?? ''] ?? 'null');
}

/** How a destination is judged, before and after, with what stops it: `blocked 3 rtb-1 -> reachable 3`. */
function reach(result: StepResult, destination: string): string {
  const row = documentOf(result).plan?.reach.find((one) => one.destination === destination);
  const told = (
    verdict: typeof row extends undefined ? never : NonNullable<typeof row>['before'],
  ): string => {
    const stops = new Set(
      verdict.lines.flatMap(({ stop }) => (stop ? [`${stop.id} ${stop.rule ?? ''}`.trim()] : [])),
    );
    return [verdict.status, verdict.lines.length, ...stops].join(' ');
  };
  return row === undefined ? 'not judged' : `${told(row.before)} -> ${told(row.after)}`;
}

const reads = (): string[] => [...new Set(bed.proxy.calls.map(({ action }) => action))].sort();
const said = ({ annotations }: StepResult): string => annotations.map(({ message }) => message).join('\n');

describe('what the reference job reaches', () => {
  it('is nothing from its subnets before, its services after, and exactly what is broken is named', async () => {
    const world = await caseWorld(bed);
    const dryRun = await step(bed, { ...caseInputs, 'dry-run': 'true', reaches: 'ssm' });
    const blocked = `blocked 3 ${world.routeTableId} -> reachable 3`;
    expect([reach(dryRun, 'ssm'), reach(dryRun, 'logs')]).toEqual([blocked, blocked]);
    expect(dryRun.outputs.outcome).toBe('planned');
    expect(dryRun.summary).toContain('What the function reaches');

    const applied = await step(bed, { ...caseInputs, reaches: 'ssm' });
    expect(applied.outputs).toMatchObject({
      outcome: 'changed',
      'plan-digest': dryRun.outputs['plan-digest'],
    });
    const again = await step(bed, { ...caseInputs, reaches: 'ssm' });
    expect([again.outputs.outcome, reach(again, 'ssm')]).toEqual(['unchanged', 'reachable 3 -> reachable 3']);
    expect([count(bed.proxy.calls) <= 15, depth(bed.proxy.calls)]).toEqual([true, 2]);

    const acls = await bed.direct.ec2.describeNetworkAcls({
      Filters: [{ Name: 'vpc-id', Values: [world.vpcId] }],
    });
    const NetworkAclId = acls.NetworkAcls?.[0]?.NetworkAclId ?? '';
    const denial = { CidrBlock: '12.25.15.0/25', Protocol: '6', PortRange: { From: 443, To: 443 } };
    await bed.direct.ec2.createNetworkAclEntry({
      NetworkAclId,
      RuleNumber: 50,
      Egress: true,
      RuleAction: 'deny',
      ...denial,
    });
    const broken = await step(bed);
    expect(broken.outputs.outcome).toBe('blocked');
    expect(reach(broken, 'ssm')).toContain(`-> partly 3 ${NetworkAclId} 50`);
    expect(said(broken)).toContain(
      `create-network-acl-entry --network-acl-id ${NetworkAclId} --egress --rule-number 39`,
    );
    expect(writes(bed.proxy.calls)).toEqual([]);
  });
});

describe('a function of others in a VPC with a NAT gateway', () => {
  async function behindNat() {
    const world = await caseWorld(bed);
    const { vpcId, routeTableId } = world;
    const place = { vpcId, cidr: '12.25.15.96/28', zone: 'us-east-2a' };
    const { subnetId } = await addPublicSubnet(bed.direct, place);
    const nat = await addNat(bed.direct, { publicSubnetId: subnetId, routeTableId });
    const group = await addSecurityGroup(bed.direct, { vpcId, name: 'clients' });
    const [first = '', ...others] = world.subnetIds;
    await moveFunction(bed.direct, { name: 'app-7', subnetIds: [first, ...others], groupIds: [group] });
    return { ...world, nat, group, first };
  }

  it('is diagnosed without any subnets, and asked before it loses the internet', async () => {
    const { nat, vpcId, first } = await behindNat();
    const database = await addSecurityGroup(bed.direct, { vpcId, name: 'db' });
    await addForeignInterface(bed.direct, { subnetId: first, groupIds: [database] });
    const asked = await step(bed, { ...looking, reaches: `ssm\ninternet\ntcp 5432 ${database}` });
    expect(asked.outputs).toMatchObject({ outcome: 'blocked', 'has-changes': 'false' });
    expect(reach(asked, 'ssm')).toBe('reachable 3 -> reachable 3');
    expect(reach(asked, 'tcp 443 internet')).toBe('reachable 3 -> reachable 3');
    expect(reach(asked, `tcp 5432 ${database}`)).toBe(`blocked 3 ${database} -> blocked 3 ${database}`);
    expect(said(asked)).toContain(`authorize-security-group-ingress --group-id ${database}`);
    expect(asked.summary).toContain('2 of 3 destinations are reached');
    expect(count(bed.proxy.calls)).toBeLessThanOrEqual(35);
    expect(depth(bed.proxy.calls)).toBeLessThanOrEqual(5);
    const declared: readonly string[] = [...coreReads, ...adviceReads, ...reachReads];
    expect(reads().filter((action) => !declared.includes(action))).toEqual([]);

    const inputs = { ...plain, 'security-groups': 'managed', allow: 'replace-network:app-7' };
    const lost = await step(bed, inputs);
    expect(lost.outputs.outcome).toBe('blocked');
    expect(said(lost)).toContain('`internet-loss:app-7`');
    expect(said(lost)).toContain(`through NAT gateway ${nat}`);
    const given = await step(bed, {
      ...inputs,
      allow: `${inputs.allow}\ninternet-loss:app-7`,
      'dry-run': 'true',
    });
    expect(given.outputs.outcome).toBe('planned');
    expect(said(given)).toContain('loses tcp 443 internet');
  });

  it('that may not be read is unknown, with the permission', async () => {
    await behindNat();
    bed.proxy.inject(deny('ec2:DescribeNatGateways'));
    const asked = await step(bed, { ...looking, reaches: 'internet' });
    expect(asked.outputs.outcome).toBe('unchanged');
    expect(reach(asked, 'tcp 443 internet')).toMatch(/^unknown 3 nat-\w+ -> unknown 3 nat-\w+$/);
    expect(said(asked)).toContain('ec2:DescribeNatGateways');
  });
});

describe('a dry run that wishes for nothing', () => {
  const preformatted = (summary: string): string[] =>
    [...summary.matchAll(/<pre>\n([\s\S]*?)\n<\/pre>/g)].map(([, text = '']) =>
      text.replaceAll('&quot;', '"'),
    );

  it('writes inputs that change nothing, and the policy for its calls', async () => {
    const { vpcId, subnetIds } = await caseWorld(bed);
    const group = await addSecurityGroup(bed.direct, { vpcId, name: 'clients' });
    const guard = await addSecurityGroup(bed.direct, {
      vpcId,
      name: 'guard',
      ingressCidrs: ['12.25.15.0/25'],
    });
    for (const word of ['ssm', 'logs']) {
      const service = `com.amazonaws.us-east-2.${word}`;
      await addEndpoint(bed.direct, { vpcId, service, subnetIds: [...subnetIds], groupIds: [guard] });
    }
    await moveFunction(bed.direct, { name: 'app-7', subnetIds: [...subnetIds], groupIds: [group] });
    const looked = await step(bed, looking);
    expect(looked.outputs).toMatchObject({ outcome: 'unchanged', 'has-changes': 'false' });
    expect(looked.summary).toContain('What an apply would do');

    const [block = '', policy = ''] = preformatted(looked.summary);
    const { with: inputs }: { with: Record<string, string> } = parse(block);
    expect(inputs).toMatchObject({ endpoints: 'logs\nssm\n', 'security-groups': group });
    const pasted = await step(bed, inputs);
    expect(pasted.outputs).toMatchObject({ outcome: 'unchanged', 'changes-count': '0', 'drift-count': '0' });
    expect(writes(bed.proxy.calls)).toEqual([]);

    bed.proxy.inject(allowOnly(policy));
    const within = await step(bed, looking);
    expect(within.outputs.outcome).toBe('unchanged');
    expect(within.summary).not.toContain('could not be');
  });

  it('says of a function in no VPC what is public and what is not', async () => {
    await caseWorld(bed);
    const asked = await step(bed, { ...looking, reaches: 'ssm\ninternet' });
    expect(asked.outputs.outcome).toBe('unchanged');
    expect(asked.summary).toContain(
      'Function app-7 is in no VPC, in us-east-2: 2 of 2 destinations are reached.',
    );
    const closed = await step(bed, { ...looking, reaches: 'tcp 5432 10.0.0.9' });
    expect([closed.outputs.outcome, closed.exitCode]).toEqual(['blocked', 1]);
    expect(depth(bed.proxy.calls)).toBe(1);
    const unsure = await step(bed, { ...looking, reaches: 'tcp 443 2600::1', 'fail-on': 'unknown' });
    expect([unsure.outputs.outcome, unsure.exitCode]).toEqual(['unchanged', 1]);
    const [why] = unsure.annotations.filter(({ properties }) => properties.title === 'fail-on-unknown');
    expect(why?.message).toMatch(/^There is 1 thing that could not be checked, and fail-on lists unknown\. /);
    const typo = await step(bed, { ...looking, reaches: 'ssmm\ntcp 5432 sg-0123456789abcdef0' });
    expect([typo.outputs.outcome, typo.exitCode]).toEqual(['blocked', 1]);
    expect(typo.summary).toContain('AWS has no VPC endpoint service ssmm in us-east-2');
    expect(typo.summary).toContain('Security group sg-0123456789abcdef0 does not exist in us-east-2.');
    expect(depth(bed.proxy.calls)).toBe(2);
  });
});

it('a run with nothing to do reads no more than the core', async () => {
  await caseWorld(bed);
  await step(bed);
  await step(bed);
  const core: readonly string[] = coreReads;
  expect(reads().filter((action) => !core.includes(action))).toEqual([]);
});
