import { describe, expect, it } from '@jest/globals';
import { type Sending, sendCall } from '../../src/apply/send.js';
import type { Call } from '../../src/aws/call.js';
import { waiting } from '../builders/clock.js';
import { awsError, type FakeAws, fakeAws, inTurn } from '../builders/fake-aws.js';

const OWN = [
  { Key: 'managed-by', Value: 'vpc-lambda-action' },
  { Key: 'vpc-lambda-action:owner', Value: '4711' },
];
const createGroup: Call = {
  action: 'ec2:CreateSecurityGroup',
  input: {
    GroupName: 'app-7-lambda',
    Description: 'x',
    VpcId: 'vpc-1',
    TagSpecifications: [{ ResourceType: 'security-group', Tags: OWN }],
  },
};
const SHARED = [
  { Key: 'managed-by', Value: 'vpc-lambda-action' },
  { Key: 'vpc-lambda-action:scope', Value: 'vpc' },
];
const createEndpoint: Call = {
  action: 'ec2:CreateVpcEndpoint',
  input: {
    VpcEndpointType: 'Interface',
    VpcId: 'vpc-1',
    ServiceName: 's',
    TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: SHARED }],
  },
};
const permission = (CidrIp: string) => ({
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  IpRanges: [{ CidrIp }],
});
const authorize: Call = {
  action: 'ec2:AuthorizeSecurityGroupEgress',
  input: {
    GroupId: { ref: 'security-group/function', field: 'GroupId' },
    IpPermissions: [permission('10.1.0.0/16'), permission('10.2.0.0/16')],
  },
};

function sending(aws: FakeAws, seconds = 600) {
  const shared = waiting(seconds);
  const told: string[] = [];
  const parts: Sending = {
    aws,
    waiting: shared,
    tell: ({ text }) => told.push(text),
    subject: 'x',
    lookUp: () => 'sg-1',
    policyIsNew: () => false,
    madeBefore: [],
  };
  return { parts, shared, told };
}

const actions = (aws: FakeAws): string[] => aws.sent.map(({ action }) => action.replace('ec2:', ''));

describe('a call is sent', () => {
  it('with its references replaced, and answers what it made', async () => {
    const aws = fakeAws({
      'ec2:CreateVpcEndpoint': { VpcEndpoint: { VpcEndpointId: 'vpce-1' } },
      'ec2:AuthorizeSecurityGroupEgress': {},
    });
    expect(await sendCall(createEndpoint, sending(aws).parts)).toMatchObject({
      ok: true,
      existed: false,
      ids: { VpcEndpointId: 'vpce-1' },
    });
    await sendCall(authorize, sending(aws).parts);
    expect(aws.sent[1]?.input).toMatchObject({ GroupId: 'sg-1' });
  });

  it('again while AWS does not know what this run made', async () => {
    const aws = fakeAws({
      'ec2:AuthorizeSecurityGroupEgress': inTurn(
        awsError('InvalidGroup.NotFound'),
        awsError('InvalidGroup.NotFound'),
        {},
      ),
    });
    const { parts, shared, told } = sending(aws);
    expect(await sendCall(authorize, parts)).toMatchObject({ ok: true });
    expect(shared.clock.sleeps).toEqual([1, 2]);
    expect(told).toHaveLength(2);
  });

  it('no longer than the error is forgiven', async () => {
    const aws = fakeAws({ 'ec2:AuthorizeSecurityGroupEgress': inTurn(awsError('InvalidGroup.NotFound')) });
    const { parts, shared } = sending(aws);
    expect(await sendCall(authorize, parts)).toMatchObject({ ok: false, problem: { kind: 'not-found' } });
    expect(shared.clock.now() / 1000).toBeGreaterThanOrEqual(60);
    expect(shared.clock.now() / 1000).toBeLessThan(70);
  });

  it('no longer than all waits of the run may take', async () => {
    const aws = fakeAws({ 'ec2:CreateVpcEndpoint': inTurn(awsError('RequestLimitExceeded')) });
    const { parts, shared } = sending(aws, 20);
    await sendCall(createEndpoint, parts);
    expect(shared.clock.now() / 1000).toBeLessThanOrEqual(20);
  });

  it('once where nothing passes by itself', async () => {
    const aws = fakeAws({ 'ec2:CreateVpcEndpoint': inTurn(awsError('InvalidServiceName')) });
    const { parts, shared } = sending(aws);
    expect(await sendCall(createEndpoint, parts)).toMatchObject({ ok: false, problem: { kind: 'invalid' } });
    expect([aws.sent.length, shared.clock.sleeps.length]).toEqual([1, 0]);
  });

  it('never again once the run is cancelled', async () => {
    const { parts, shared } = sending(fakeAws({}));
    const aws = fakeAws({
      'ec2:CreateVpcEndpoint': () => {
        shared.stop();
        throw awsError('RequestLimitExceeded');
      },
    });
    expect(await sendCall(createEndpoint, { ...parts, aws })).toMatchObject({ ok: false });
    expect(aws.sent).toHaveLength(1);
  });

  it('nor is the rest of a batch', async () => {
    const { parts, shared } = sending(fakeAws({}));
    const aws = fakeAws({
      'ec2:AuthorizeSecurityGroupEgress': inTurn(awsError('InvalidPermission.Duplicate'), {}),
      'ec2:DescribeSecurityGroups': () => {
        shared.stop();
        return { SecurityGroups: [{ GroupId: 'sg-1', IpPermissionsEgress: [permission('10.1.0.0/16')] }] };
      },
    });
    await sendCall(authorize, { ...parts, aws });
    expect(actions(aws)).toEqual(['AuthorizeSecurityGroupEgress', 'DescribeSecurityGroups']);
  });
});

describe('what exists is adopted', () => {
  it('a group with our tags', async () => {
    const aws = fakeAws({
      'ec2:CreateSecurityGroup': inTurn(awsError('InvalidGroup.Duplicate')),
      'ec2:DescribeSecurityGroups': { SecurityGroups: [{ GroupId: 'sg-9', Tags: OWN }] },
    });
    expect(await sendCall(createGroup, sending(aws).parts)).toMatchObject({
      ok: true,
      existed: true,
      ids: { GroupId: 'sg-9' },
    });
  });

  it.each<[string, { Key: string; Value: string }[]]>([
    ['without tags', []],
    [
      'of another repository',
      [OWN[0] ?? { Key: '', Value: '' }, { Key: 'vpc-lambda-action:owner', Value: '99' }],
    ],
    ['of another scope', SHARED],
  ])('not a group %s', async (_name, Tags) => {
    const aws = fakeAws({
      'ec2:CreateSecurityGroup': inTurn(awsError('InvalidGroup.Duplicate')),
      'ec2:DescribeSecurityGroups': { SecurityGroups: [{ GroupId: 'sg-9', Tags }] },
    });
    expect(await sendCall(createGroup, sending(aws).parts)).toMatchObject({
      ok: false,
      problem: { kind: 'exists' },
    });
  });

  it('an endpoint that another run made meanwhile', async () => {
    const aws = fakeAws({
      'ec2:CreateVpcEndpoint': inTurn(awsError('InvalidParameter', 'already a conflicting DNS domain for x')),
      'ec2:DescribeVpcEndpoints': {
        VpcEndpoints: [
          { VpcEndpointId: 'vpce-9', State: 'Pending', VpcEndpointType: 'Interface', Tags: SHARED },
        ],
      },
    });
    expect(await sendCall(createEndpoint, sending(aws).parts)).toMatchObject({
      ok: true,
      existed: true,
      ids: { VpcEndpointId: 'vpce-9' },
    });
  });

  it('not somebody’s endpoint', async () => {
    const aws = fakeAws({
      'ec2:CreateVpcEndpoint': inTurn(awsError('InvalidParameter', 'already a conflicting DNS domain for x')),
      'ec2:DescribeVpcEndpoints': {
        VpcEndpoints: [{ VpcEndpointId: 'vpce-9', State: 'Available', VpcEndpointType: 'Interface' }],
      },
    });
    expect(await sendCall(createEndpoint, sending(aws).parts)).toMatchObject({ ok: false });
    expect(aws.sent).toHaveLength(2);
  });

  it('an endpoint that is going away is waited out', async () => {
    const aws = fakeAws({
      'ec2:CreateVpcEndpoint': inTurn(
        awsError('InvalidParameter', 'already a conflicting DNS domain for x'),
        { VpcEndpoint: { VpcEndpointId: 'vpce-2' } },
      ),
      'ec2:DescribeVpcEndpoints': {
        VpcEndpoints: [
          { VpcEndpointId: 'vpce-9', State: 'Deleting', VpcEndpointType: 'Interface', Tags: SHARED },
        ],
      },
    });
    const { parts, shared } = sending(aws);
    expect(await sendCall(createEndpoint, parts)).toMatchObject({
      ok: true,
      existed: false,
      ids: { VpcEndpointId: 'vpce-2' },
    });
    expect(shared.clock.sleeps).toEqual([5]);
  });

  it('rules that exist, and the others are sent again', async () => {
    const aws = fakeAws({
      'ec2:AuthorizeSecurityGroupEgress': inTurn(awsError('InvalidPermission.Duplicate'), {}),
      'ec2:DescribeSecurityGroups': {
        SecurityGroups: [{ GroupId: 'sg-1', IpPermissionsEgress: [permission('10.1.0.0/16')] }],
      },
    });
    expect(await sendCall(authorize, sending(aws).parts)).toMatchObject({ ok: true, existed: false });
    expect(aws.sent[2]?.input.IpPermissions).toEqual([permission('10.2.0.0/16')]);
  });

  it('rules that all exist', async () => {
    const aws = fakeAws({
      'ec2:AuthorizeSecurityGroupEgress': inTurn(awsError('InvalidPermission.Duplicate')),
      'ec2:DescribeSecurityGroups': {
        SecurityGroups: [
          { GroupId: 'sg-1', IpPermissionsEgress: [permission('10.1.0.0/16'), permission('10.2.0.0/16')] },
        ],
      },
    });
    expect(await sendCall(authorize, sending(aws).parts)).toMatchObject({ ok: true, existed: true });
    expect(actions(aws)).toEqual(['AuthorizeSecurityGroupEgress', 'DescribeSecurityGroups']);
  });

  it('a rule to be revoked that is gone', async () => {
    const revoke: Call = {
      action: 'ec2:RevokeSecurityGroupEgress',
      input: { GroupId: 'sg-1', IpPermissions: [permission('10.1.0.0/16')] },
    };
    const aws = fakeAws({
      'ec2:RevokeSecurityGroupEgress': inTurn(awsError('InvalidPermission.NotFound')),
      'ec2:DescribeSecurityGroups': { SecurityGroups: [{ GroupId: 'sg-1', IpPermissionsEgress: [] }] },
    });
    expect(await sendCall(revoke, sending(aws).parts)).toMatchObject({ ok: true, existed: true });
  });

  it('a look that is refused is told as such', async () => {
    const aws = fakeAws({
      'ec2:CreateSecurityGroup': inTurn(awsError('InvalidGroup.Duplicate')),
      'ec2:DescribeSecurityGroups': inTurn(awsError('UnauthorizedOperation')),
    });
    expect(await sendCall(createGroup, sending(aws).parts)).toMatchObject({
      ok: false,
      problem: { kind: 'denied', action: 'ec2:DescribeSecurityGroups' },
    });
  });
});
