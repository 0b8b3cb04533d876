import { type ParsedPolicy, parsePolicy } from '../../src/iam/document.js';
import type { PolicySource } from '../../src/model/role.js';

/** A statement as it stands in a document. */
export type RawStatement = Readonly<Record<string, unknown>>;

/** Parses a policy of these statements. */
export function policy(
  name: string,
  statements: readonly RawStatement[],
  source: PolicySource = 'inline',
): ParsedPolicy {
  return parsePolicy(name, source, JSON.stringify({ Version: '2012-10-17', Statement: statements }));
}

/** A statement that allows actions, written with spaces between them, on resources, on `*` by default. */
export function allow(actions: string, ...resources: readonly string[]): RawStatement {
  return { Effect: 'Allow', Action: actions.split(' '), Resource: resources.length > 0 ? resources : '*' };
}

/** A statement that denies actions on all resources. */
export function deny(actions: string, more: RawStatement = {}): RawStatement {
  return { Effect: 'Deny', Action: actions.split(' '), Resource: '*', ...more };
}

/** A trust policy of these statements. */
export function trust(...statements: readonly RawStatement[]): ParsedPolicy {
  return policy('trust policy', statements);
}

/** Actions of policies that AWS manages (AWS Managed Policy Reference), with spaces between them. */
export const AWS_POLICIES = {
  AWSLambdaBasicExecutionRole: 'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
  AWSLambdaVPCAccessExecutionRole:
    'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:CreateNetworkInterface ' +
    'ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface ' +
    'ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses',
  AWSLambdaENIManagementAccess:
    'ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface ' +
    'ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses',
  AWSLambdaSQSQueueExecutionRole:
    'sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
  AWSLambdaDynamoDBExecutionRole:
    'dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams ' +
    'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
  AWSLambdaMSKExecutionRole:
    'kafka:DescribeCluster kafka:DescribeClusterV2 kafka:GetBootstrapBrokers ec2:CreateNetworkInterface ' +
    'ec2:DescribeNetworkInterfaces ec2:DescribeVpcs ec2:DeleteNetworkInterface ec2:DescribeSubnets ' +
    'ec2:DescribeSecurityGroups logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
  AWSXRayDaemonWriteAccess:
    'xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets xray:GetSamplingStatisticSummaries',
  CloudWatchLambdaInsightsExecutionRolePolicy: 'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents',
  AmazonS3ReadOnlyAccess: 's3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*',
  AmazonSQSFullAccess: 'sqs:*',
  AdministratorAccess: '*',
} as const;

/** One of {@link AWS_POLICIES}, attached. */
export function awsPolicy(name: keyof typeof AWS_POLICIES): ParsedPolicy {
  return policy(name, [allow(AWS_POLICIES[name])], 'aws');
}
