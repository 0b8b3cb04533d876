import { describe, expect, it } from '@jest/globals';
import { isBlocked } from '../../src/plan/make-plan.js';
import { shortHash } from '../../src/resolve/users.js';
import { ACCOUNT, id, OWNER_ID } from '../builders/ids.js';
import { changeOf, consentsOf, idsOf, plan } from '../builders/plans.js';
import { type World, world } from '../builders/world.js';

const USER = `vpc-lambda-action:user:${shortHash(`arn:aws:lambda:us-east-2:${ACCOUNT}:function:app-7`)}`;
const groupOf = (ref: string) => ({ ref, field: 'GroupId' });
const ours = (purpose: string) => ({ Description: `vpc-lambda-action: ${purpose}` });

/** A function in no VPC, and a VPC with three private subnets on one table. */
const bare = (): World => world().vpc().privateSubnets(3).function('app-7');
const scratch = plan(bare(), { subnets: 'private', endpoints: 'logs, s3', tags: 'Team=blue' });

describe('a connect from scratch', () => {
  it('plans exactly these changes, in an order in which they can be done', () => {
    expect(
      scratch.changes.map(
        ({ id: address, kind, action, reason }) => `${address}: ${kind} ${action} ${reason}`,
      ),
    ).toEqual([
      'security-group/function: security-group create missing',
      'security-group/endpoints: security-group create missing',
      'execution-role/app-7-role: execution-role update missing',
      'security-group-rules/endpoints: security-group-rules create missing',
      'security-group-rules/function: security-group-rules create missing',
      'security-group-rules/endpoints-default: security-group-rules delete aws-default',
      'security-group-rules/function-default: security-group-rules delete aws-default',
      'vpc-endpoint/logs: vpc-endpoint create missing',
      'vpc-endpoint/s3: vpc-endpoint create missing',
      'function/app-7: function update missing',
    ]);
    expect(isBlocked(scratch)).toBe(false);
  });

  it('makes the function’s group with the tags that say whose it is', () => {
    const [call] = changeOf(scratch, 'security-group/function').calls;
    expect(call).toEqual({
      action: 'ec2:CreateSecurityGroup',
      input: {
        GroupName: 'app-7-lambda',
        Description: 'Lambda function app-7',
        VpcId: id('vpc', 1),
        TagSpecifications: [
          {
            ResourceType: 'security-group',
            Tags: [
              { Key: 'Name', Value: 'app-7-lambda' },
              { Key: 'Team', Value: 'blue' },
              { Key: 'managed-by', Value: 'vpc-lambda-action' },
              { Key: 'vpc-lambda-action:begun', Value: expect.stringMatching(/^[0-9a-f]{9}$/) },
              { Key: 'vpc-lambda-action:name', Value: 'app-7' },
              { Key: 'vpc-lambda-action:owner', Value: OWNER_ID },
              { Key: expect.stringMatching(/^vpc-lambda-action:user:[0-9a-f]{8}$/), Value: 'app-7' },
              {
                Key: 'vpc-lambda-action:wanted',
                Value: expect.stringMatching(/^access=[0-9a-f]{8} endpoints=/),
              },
            ],
          },
        ],
      },
    });
  });

  it('makes the endpoints’ group as shared, with the function as its user and no owner', () => {
    const [call] = changeOf(scratch, 'security-group/endpoints').calls;
    expect(call).toMatchObject({ input: { GroupName: 'vpc-lambda-action-endpoints' } });
    expect(JSON.stringify(call)).toContain(`{"Key":"${USER}","Value":"app-7"}`);
    expect(JSON.stringify(call)).toContain('{"Key":"vpc-lambda-action:scope","Value":"vpc"}');
    expect(JSON.stringify(call)).not.toContain('vpc-lambda-action:owner');
  });

  it('lets the function out to the endpoints’ group and the gateway’s prefix list, and nowhere else', () => {
    expect(changeOf(scratch, 'security-group-rules/function').calls).toEqual([
      {
        action: 'ec2:AuthorizeSecurityGroupEgress',
        input: {
          GroupId: groupOf('security-group/function'),
          IpPermissions: [
            {
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              UserIdGroupPairs: [{ GroupId: groupOf('security-group/endpoints'), ...ours('endpoints') }],
            },
            {
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              PrefixListIds: [{ PrefixListId: id('pl', 1), ...ours('gateway') }],
            },
          ],
        },
      },
    ]);
    const fallback = changeOf(scratch, 'security-group-rules/function-default');
    expect(fallback.calls).toEqual([
      {
        action: 'ec2:RevokeSecurityGroupEgress',
        input: {
          GroupId: groupOf('security-group/function'),
          IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        },
      },
    ]);
    expect(fallback.after).toContain('security-group-rules/function');
  });

  it('lets the whole VPC in to the endpoints', () => {
    expect(changeOf(scratch, 'security-group-rules/endpoints').calls).toEqual([
      {
        action: 'ec2:AuthorizeSecurityGroupIngress',
        input: {
          GroupId: groupOf('security-group/endpoints'),
          IpPermissions: [
            {
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              IpRanges: [{ CidrIp: '10.1.0.0/16', ...ours('endpoints') }],
            },
          ],
        },
      },
    ]);
  });
});

describe('the writes of a connect that others feel', () => {
  it('makes endpoints of an explicit type, with groups, and waits for them', () => {
    const logs = changeOf(scratch, 'vpc-endpoint/logs');
    expect(logs.calls).toEqual([
      {
        action: 'ec2:CreateVpcEndpoint',
        input: {
          VpcEndpointType: 'Interface',
          VpcId: id('vpc', 1),
          ServiceName: 'com.amazonaws.us-east-2.logs',
          SubnetIds: [id('subnet', 1), id('subnet', 2), id('subnet', 3)],
          SecurityGroupIds: [groupOf('security-group/endpoints')],
          PrivateDnsEnabled: true,
          ClientToken: expect.stringMatching(/^[0-9a-f]{1,64}$/),
          TagSpecifications: [expect.objectContaining({ ResourceType: 'vpc-endpoint' })],
        },
      },
    ]);
    expect(logs.settle).toEqual({
      kind: 'vpc-endpoint',
      id: { ref: 'vpc-endpoint/logs', field: 'VpcEndpointId' },
    });
    const [s3] = changeOf(scratch, 'vpc-endpoint/s3').calls;
    expect(s3).toMatchObject({ input: { VpcEndpointType: 'Gateway', RouteTableIds: [id('rtb', 2)] } });
    expect(s3?.input).not.toHaveProperty('SecurityGroupIds');
    expect(s3?.input).not.toHaveProperty('SubnetIds');
  });

  it('updates nothing of the function but its network, at the revision that was read', () => {
    const move = changeOf(scratch, 'function/app-7');
    expect(move.calls).toEqual([
      {
        action: 'lambda:UpdateFunctionConfiguration',
        input: {
          FunctionName: 'app-7',
          VpcConfig: {
            SubnetIds: [id('subnet', 1), id('subnet', 2), id('subnet', 3)],
            SecurityGroupIds: [groupOf('security-group/function')],
            Ipv6AllowedForDualStack: false,
          },
          RevisionId: 'revision-1',
        },
      },
    ]);
    expect(move.settle).toEqual({ kind: 'function', name: 'app-7' });
  });

  it('attaches the policy of the partition, by the role’s bare name', () => {
    const gov = world('us-gov-west-1')
      .vpc()
      .privateSubnets(1)
      .function('app-7', { roleArn: `arn:aws-us-gov:iam::${ACCOUNT}:role/a/b/app` });
    expect(changeOf(plan(gov, { subnets: 'private' }), 'execution-role/app').calls).toEqual([
      {
        action: 'iam:AttachRolePolicy',
        input: {
          RoleName: 'app',
          PolicyArn: 'arn:aws-us-gov:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
        },
      },
    ]);
  });

  it('is about this function, VPC and account', () => {
    expect(scratch.subject).toEqual({
      functions: [
        {
          name: 'app-7',
          arn: `arn:aws:lambda:us-east-2:${ACCOUNT}:function:app-7`,
          roleName: 'app-7-role',
          previous: { subnetIds: [], securityGroupIds: [], ipv6: false },
        },
      ],
      accountId: ACCOUNT,
      region: 'us-east-2',
      resourceName: 'app-7',
      vpcId: id('vpc', 1),
    });
  });

  it('needs no consent where nobody else is in the VPC', () => {
    expect(consentsOf(scratch)).toEqual([]);
  });
});

describe('the order of a connect', () => {
  const prerequisites = (address: string): string[] => {
    const seen = new Set<string>();
    const visit = (one: string): void => {
      const found = scratch.changes.find((change) => change.id === one);
      const refs = [...JSON.stringify(found?.calls ?? []).matchAll(/"ref":"([^"]+)"/g)].map(
        (match) => match[1] ?? '',
      );
      for (const next of [...(found?.after ?? []), ...refs]) {
        if (next === one || seen.has(next)) continue;
        seen.add(next);
        visit(next);
      }
    };
    visit(address);
    return [...seen].sort();
  };

  it.each(['vpc-endpoint/logs', 'vpc-endpoint/s3'])(
    '%s comes after every rule that lets somebody through',
    (address) => {
      expect(prerequisites(address)).toEqual(
        expect.arrayContaining(['security-group-rules/endpoints', 'security-group-rules/function']),
      );
    },
  );

  it('the function comes last, after everything', () => {
    expect(prerequisites('function/app-7')).toEqual(
      idsOf(scratch)
        .filter((one) => one !== 'function/app-7')
        .sort(),
    );
  });

  it('groups and the policy wait for nothing', () => {
    for (const address of [
      'security-group/function',
      'security-group/endpoints',
      'execution-role/app-7-role',
    ])
      expect(prerequisites(address)).toEqual([]);
  });

  it('AWS’s allow-all rule goes only after the specific rules stand', () => {
    expect(prerequisites('security-group-rules/function-default')).toContain('security-group-rules/function');
  });
});

describe('a plan that cannot be made', () => {
  it('has findings and no changes', () => {
    const lost = plan(bare(), { subnets: `${id('subnet', 9)}`, vpc: id('vpc', 1), endpoints: 'nope' });
    expect(lost.changes).toEqual([]);
    expect(lost.findings.map(({ code }) => code)).toEqual(['subnets-not-found', 'service-not-found']);
    expect(isBlocked(lost)).toBe(true);
  });
});
