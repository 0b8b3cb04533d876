// What any action costs that reads inputs, talks to the same four AWS services and writes a summary: the measure for
// process start and memory. It makes the clients as the action does, sends its first calls, and decides nothing.
import * as core from '@actions/core';
import {
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { IAMClient, ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

const functionName = core.getInput('function-name', { required: true });
const common = {
  region: core.getInput('aws-region', { required: true }),
  customUserAgent: 'baseline/1',
  maxAttempts: 8,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
};
const sts = new STSClient(common);
const shared = { ...common, credentials: sts.config.credentials };
const ec2 = new EC2Client(shared);
const iam = new IAMClient(shared);
const lambda = new LambdaClient(shared);

const [caller, found, vpcs, subnets, endpoints] = await Promise.all([
  sts.send(new GetCallerIdentityCommand({})),
  lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionName })),
  ec2.send(new DescribeVpcsCommand({ MaxResults: 1000 })),
  ec2.send(new DescribeSubnetsCommand({ MaxResults: 1000 })),
  ec2.send(new DescribeVpcEndpointsCommand({ MaxResults: 1000 })),
]);
const RoleName = found.Role?.split('/').at(-1);
const policies = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));

const counts = [vpcs.Vpcs, subnets.Subnets, endpoints.VpcEndpoints, policies.AttachedPolicies];
core.setOutput('aws-account-id', caller.Account);
await core.summary.addRaw(counts.map((list) => list?.length ?? 0).join(', ')).write();
