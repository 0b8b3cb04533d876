import { addRole, addSecurityGroup, addSubnet, addVpc, given as sure } from '../../support/worlds/world.js';
import { type RefusalCase, type Stage, update } from './case.js';

const managed = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';

function permit({ bed, world }: Stage): Promise<unknown> {
  return bed.direct.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managed });
}

/** Other policies that exist, to fill a role's quota with. */
async function somePolicies({ bed }: Stage, count: number): Promise<string[]> {
  const { Policies } = await bed.direct.iam.listPolicies({ Scope: 'AWS', MaxItems: count });
  return (Policies ?? []).map(({ Arn }) => sure(Arn));
}

/** Cases about the function itself. */
export const functionCases: readonly RefusalCase[] = [
  {
    id: 'vpc-config-too-long',
    code: 'ValidationException',
    message:
      /at 'vpcConfig\.securityGroupIds' failed to satisfy constraint: Member must have length less than or equal to 5/,
    given: permit,
    refused: (stage) => update(stage, { SecurityGroupIds: Array.from({ length: 6 }, () => stage.groupId) }),
    accepted: (stage) => update(stage),
  },
  {
    id: 'update-in-progress',
    code: 'ResourceConflictException',
    message: /An update is in progress for resource: arn:aws:lambda:us-east-2:123456789012:function:app-7/,
    given: async (stage) => {
      await permit(stage);
      stage.bed.proxy.busyFunction(stage.world.functionName, 1);
    },
    refused: (stage) => update(stage),
    accepted: async (stage) => {
      await stage.bed.through.lambda.getFunctionConfiguration({ FunctionName: stage.world.functionName });
      await update(stage);
    },
  },
  {
    id: 'stale-revision',
    code: 'PreconditionFailedException',
    given: permit,
    refused: (stage) => update(stage, {}, { RevisionId: '00000000-0000-4000-8000-000000000000' }),
    accepted: async (stage) => {
      const { lambda } = stage.bed.through;
      const { RevisionId } = await lambda.getFunctionConfiguration({
        FunctionName: stage.world.functionName,
      });
      await update(stage, {}, { RevisionId });
    },
  },
  {
    id: 'runtime-blocked',
    code: 'InvalidParameterValueException',
    message: /The runtime parameter of python3\.8 is no longer supported/,
    given: async (stage) => {
      await permit(stage);
      stage.bed.proxy.setOptions({ blockedRuntimes: ['python3.8'] });
    },
    refused: (stage) => update(stage),
    accepted: async (stage) => {
      stage.bed.proxy.setOptions({ blockedRuntimes: ['python2.7'] });
      await update(stage);
    },
  },
  {
    id: 'file-system-needs-vpc',
    code: 'InvalidParameterValueException',
    given: async (stage) => {
      await permit(stage);
      const FileSystemConfigs = [
        { Arn: 'arn:aws:elasticfilesystem:us-east-2:1:access-point/a', LocalMountPath: '/mnt/a' },
      ];
      stage.bed.proxy.keepFunctionMembers(stage.world.functionName, { FileSystemConfigs });
    },
    refused: (stage) => update(stage, { SubnetIds: [], SecurityGroupIds: [] }),
    accepted: (stage) => update(stage),
  },
];

/** Makes a service the only one that may assume the role. */
async function trust({ bed, world }: Stage, Service: string): Promise<void> {
  const Statement = [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await bed.through.iam.updateAssumeRolePolicy({ RoleName: world.roleName, PolicyDocument });
}

/** Cases about the network and the role of the function. */
export const functionNetworkCases: readonly RefusalCase[] = [
  {
    id: 'vpc-config-incomplete',
    code: 'InvalidParameterValueException',
    message: /SubnetIds and SecurityIds must coexist or be both empty list/,
    given: permit,
    refused: (stage) => update(stage, { SecurityGroupIds: [] }),
    accepted: (stage) => update(stage, { SubnetIds: [], SecurityGroupIds: [] }),
  },
  {
    id: 'role-not-assumable',
    code: 'InvalidParameterValueException',
    message: /cannot be assumed by Lambda/,
    given: async (stage) => {
      await permit(stage);
      await trust(stage, 'ec2.amazonaws.com');
    },
    refused: (stage) => update(stage),
    accepted: async (stage) => {
      await trust(stage, 'lambda.amazonaws.com');
      await update(stage);
    },
  },
  {
    id: 'role-without-permission',
    code: 'InvalidParameterValueException',
    message: /does not have permissions to call CreateNetworkInterface on EC2/,
    refused: (stage) => update(stage),
    accepted: async (stage) => {
      await permit(stage);
      await update(stage);
    },
  },
  {
    id: 'role-propagation',
    code: 'InvalidParameterValueException',
    message: /does not have permissions to call CreateNetworkInterface on EC2/,
    given: async ({ bed, world }) => {
      bed.proxy.setOptions({ rolePropagationRefusals: 1 });
      await bed.through.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managed });
    },
    refused: (stage) => update(stage),
    accepted: (stage) => update(stage),
  },
  {
    id: 'function-subnet-unknown',
    code: 'InvalidParameterValueException',
    message: /EC2 Error Code: InvalidSubnetID\.NotFound/,
    given: permit,
    refused: (stage) => update(stage, { SubnetIds: ['subnet-0123456789abcdef0'] }),
    accepted: (stage) => update(stage),
  },
  {
    id: 'function-group-unknown',
    code: 'InvalidParameterValueException',
    message: /DescribeSecurityGroups\. EC2 Error Code: InvalidGroup\.NotFound/,
    given: permit,
    refused: (stage) => update(stage, { SecurityGroupIds: ['sg-0123456789abcdef0'] }),
    accepted: (stage) => update(stage),
  },
  {
    id: 'function-network-mixed',
    code: 'InvalidParameterValueException',
    message: /Security Groups are required to be in the same VPC/,
    given: permit,
    refused: async (stage) => {
      const vpcId = await addVpc(stage.bed.direct, { cidr: '10.9.0.0/16' });
      const group = await addSecurityGroup(stage.bed.direct, { vpcId, name: 'other' });
      await update(stage, { SecurityGroupIds: [group] });
    },
    accepted: (stage) => update(stage),
  },
  {
    id: 'function-ipv6',
    code: 'InvalidParameterValueException',
    given: permit,
    refused: (stage) => update(stage, { Ipv6AllowedForDualStack: true }),
    accepted: async (stage) => {
      const { ec2 } = stage.bed.direct;
      const vpcId = await addVpc(stage.bed.direct, { cidr: '10.9.0.0/16', ipv6: true });
      const block = (await ec2.describeVpcs({ VpcIds: [vpcId] })).Vpcs?.[0]?.Ipv6CidrBlockAssociationSet?.[0];
      const SubnetId = await addSubnet(stage.bed.direct, { vpcId, cidr: '10.9.1.0/24', zone: 'us-east-2a' });
      const Ipv6CidrBlock = sure(block?.Ipv6CidrBlock).replace('/56', '/64');
      await ec2.associateSubnetCidrBlock({ SubnetId, Ipv6CidrBlock });
      const group = await addSecurityGroup(stage.bed.direct, { vpcId, name: 'other' });
      await update(stage, {
        SubnetIds: [SubnetId],
        SecurityGroupIds: [group],
        Ipv6AllowedForDualStack: true,
      });
    },
  },
];

/** Cases about the execution role. */
export const roleCases: readonly RefusalCase[] = [
  {
    id: 'policies-per-role',
    code: 'LimitExceededException',
    message: /Cannot exceed quota for PoliciesPerRole: 10/,
    limit: true,
    given: async (stage) => {
      const attach = async (PolicyArn: string) =>
        stage.bed.direct.iam.attachRolePolicy({ RoleName: stage.world.roleName, PolicyArn });
      for (const arn of await somePolicies(stage, 10)) await attach(arn);
    },
    refused: ({ bed, world }) =>
      bed.through.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managed }),
    accepted: async (stage) => {
      const [PolicyArn] = await somePolicies(stage, 1);
      await stage.bed.through.iam.attachRolePolicy({ RoleName: stage.world.roleName, PolicyArn });
    },
  },
  {
    id: 'inline-policy-size',
    code: 'LimitExceededException',
    refused: ({ bed, world }) => bed.through.iam.putRolePolicy(inlinePolicy(world.roleName, 10_300)),
    accepted: ({ bed, world }) => bed.through.iam.putRolePolicy(inlinePolicy(world.roleName, 300)),
  },
  {
    id: 'service-linked-role',
    code: 'UnmodifiableEntityException',
    given: async ({ bed }) => {
      await addRole(bed.direct, {
        name: 'AWSServiceRoleForLambda',
        path: '/aws-service-role/lambda.amazonaws.com/',
      });
    },
    refused: ({ bed }) =>
      bed.through.iam.attachRolePolicy({ RoleName: 'AWSServiceRoleForLambda', PolicyArn: managed }),
    accepted: ({ bed, world }) =>
      bed.through.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: managed }),
  },
];

function inlinePolicy(RoleName: string, length: number) {
  const Statement = [{ Sid: 'x'.repeat(length), Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' }];
  return { RoleName, PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) };
}
