import { describe, expect, it } from '@jest/globals';
import { parsePolicy } from '../../src/iam/document.js';
import { neededServices } from '../../src/iam/needed-services.js';
import { allow, awsPolicy, deny, policy } from './policies.js';
import { arns, own, plain, type Row, summaryOf } from './roles.js';

const caseStudy =
  'ssm:GetParameter ssm:GetParameters logs:CreateLogStream logs:PutLogEvents sqs:SendMessage sqs:GetQueueAttributes kms:Decrypt';
const caseStudyFacts = {
  deliveries: [arns.deadLetters],
  environmentKey: true,
  logGroup: '/aws/lambda/app-7',
};

const caseStudyRows: Row[] = [
  own('the reference job', caseStudy, 'needed: logs ssm; maybe: kms sqs', caseStudyFacts),
  {
    name: 'the reference job after its policy was attached',
    policies: [policy('own', [allow(caseStudy)]), awsPolicy('AWSLambdaVPCAccessExecutionRole')],
    facts: caseStudyFacts,
    expected: 'needed: logs ssm; maybe: kms sqs; not: ec2',
  },
  own(
    'the reference job with the resources of the article',
    [
      allow('ssm:GetParameters ssm:GetParameter', 'arn:aws:ssm:us-east-2:123456789012:parameter/app-7'),
      allow('logs:CreateLogStream logs:PutLogEvents', 'arn:aws:logs:us-east-2:123456789012:log-group:app-7'),
      allow('sqs:SendMessage sqs:GetQueueAttributes', arns.deadLetters),
      allow('kms:Decrypt', 'arn:aws:kms:us-east-2:123456789012:key/1'),
    ],
    'needed: logs ssm; maybe: kms sqs',
    caseStudyFacts,
  ),
];

const samAndPowertools: Row[] = [
  own(
    'SAM DynamoDBCrudPolicy',
    [allow('dynamodb:GetItem dynamodb:PutItem dynamodb:Query', arns.table)],
    'needed: dynamodb',
  ),
  own('SAM S3ReadPolicy', 's3:GetObject s3:ListBucket s3:GetBucketLocation', 'needed: s3'),
  own('SAM AWSSecretsManagerGetSecretValuePolicy', 'secretsmanager:GetSecretValue', 'needed: secretsmanager'),
  own(
    'SAM SSMParameterReadPolicy',
    'ssm:DescribeParameters ssm:GetParameters ssm:GetParameter',
    'needed: ssm',
  ),
  own('SAM StepFunctionsExecutionPolicy', 'states:StartExecution', 'needed: states'),
  own('SAM EventBridgePutEventsPolicy', 'events:PutEvents', 'needed: events'),
  own('SAM LambdaInvokePolicy', 'lambda:InvokeFunction', 'needed: lambda'),
  own('SAM SESCrudPolicy', 'ses:SendEmail ses:SendRawEmail', 'needed: email'),
  own(
    'Powertools idempotency',
    'dynamodb:GetItem dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem',
    'needed: dynamodb',
  ),
  own(
    'Powertools parameters',
    'ssm:GetParametersByPath secretsmanager:GetSecretValue appconfig:GetLatestConfiguration appconfig:StartConfigurationSession',
    'needed: appconfigdata secretsmanager ssm',
  ),
  own('Powertools metrics by the API', 'cloudwatch:PutMetricData', 'needed: monitoring'),
  own('Powertools tracer', 'xray:PutTraceSegments xray:PutTelemetryRecords', 'maybe: xray', {
    activeTracing: true,
  }),
  { name: 'the tracing policy', policies: [awsPolicy('AWSXRayDaemonWriteAccess')], expected: 'maybe: xray' },
  own('active tracing alone', [], 'maybe: xray', { activeTracing: true }),
  own('traces that are read', 'xray:GetTraceSummaries', 'needed: xray', { activeTracing: true }),
];

const broadRows: Row[] = [
  {
    name: 'administrator',
    policies: [awsPolicy('AdministratorAccess')],
    expected: 'open: AdministratorAccess',
  },
  own('everything', '*', 'open: own'),
  own('everything by another spelling', '*:*', 'open: own'),
  own('everything except', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], 'open: own'),
  own('everything, and one by name', '* ssm:GetParameter', 'needed: ssm; open: own'),
  {
    name: "AWS's policy for reading S3",
    policies: [awsPolicy('AmazonS3ReadOnlyAccess')],
    expected: 'maybe: s3 s3-object-lambda',
  },
  { name: "AWS's policy for queues", policies: [awsPolicy('AmazonSQSFullAccess')], expected: 'maybe: sqs' },
  own('every action of one table', [allow('dynamodb:*', arns.table)], 'needed: dynamodb'),
  {
    name: 'an unreadable policy',
    policies: [parsePolicy('broken', 'account', '%')],
    expected: 'open: broken',
  },
  own('what is denied again', [allow('ssm:GetParameter s3:GetObject'), deny('s3:*')], 'needed: ssm'),
  own(
    'what is denied on a condition',
    [allow('s3:GetObject'), deny('s3:*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })],
    'needed: s3',
  ),
  own(
    'what is denied on one resource',
    [allow('s3:GetObject'), deny('s3:*', { Resource: 'arn:aws:s3:::x' })],
    'needed: s3',
  ),
  own('nothing', [], ''),
];

const otherRows: Row[] = [
  own(
    'network interfaces by an own policy',
    'ec2:CreateNetworkInterface ec2:DescribeVpcs ec2:DeleteNetworkInterface',
    'not: ec2',
  ),
  own('reads of EC2 alone', 'ec2:DescribeVpcs', 'needed: ec2'),
  own('instances', 'ec2:DescribeInstances ec2:RunInstances', 'needed: ec2'),
  own('more than Lambda needs', 'ec2:DescribeInstances ec2:CreateNetworkInterface', 'maybe: ec2'),
  own('a pattern beside interfaces', 'ec2:Describe* ec2:CreateNetworkInterface', 'maybe: ec2'),
  own('traces by a pattern', 'xray:*', 'maybe: xray'),
  own('passing a role', 'iam:PassRole states:StartExecution', 'needed: states; not: iam'),
  own('another role', 'sts:AssumeRole sts:TagSession', 'needed: sts'),
  own(
    'a mounted file system',
    'elasticfilesystem:ClientMount elasticfilesystem:ClientWrite',
    'not: elasticfilesystem',
    { mountsFileSystem: true },
  ),
  own('a mounted file system without a policy', [], 'not: elasticfilesystem', { mountsFileSystem: true }),
  own('a database by its token', 'rds-db:connect', 'not: rds-db'),
  own(
    'the data API of a database',
    'rds-data:ExecuteStatement secretsmanager:GetSecretValue',
    'needed: rds-data secretsmanager',
  ),
  own('a search domain', 'es:ESHttpGet', 'not: es'),
  own('a Kafka client', 'kafka-cluster:Connect kafka-cluster:WriteData', 'not: kafka-cluster'),
  own('a model', 'bedrock:InvokeModel bedrock:InvokeModelWithResponseStream', 'needed: bedrock-runtime'),
  own('a knowledge base', 'bedrock:Retrieve bedrock:RetrieveAndGenerate', 'needed: bedrock-agent-runtime'),
  own('a private API', 'execute-api:Invoke', 'needed: execute-api'),
  own('text in images', 'textract:DetectDocumentText', 'needed: textract'),
  own('a service without an endpoint', 'cloudfront:CreateInvalidation', 'needed: cloudfront'),
  own('case of actions', 'SSM:getparameter', 'needed: ssm'),
];

describe.each([
  ['reference job', caseStudyRows],
  ['SAM and Powertools', samAndPowertools],
  ['broad policies', broadRows],
  ['others', otherRows],
])('%s', (_group, rows) => {
  it.each(rows.map((row) => [row.name, row.expected, row] as const))('%s → %s', (_name, expected, row) => {
    expect(summaryOf(row)).toBe(expected);
  });
});

it('says why kms and sqs of the reference job are not sure', () => {
  const { services } = neededServices([policy('own', [allow(caseStudy)])], { ...plain, ...caseStudyFacts });
  expect(services.map(({ word, label }) => `${word}: ${label}`)).toEqual([
    'logs: the policies of the role name it',
    'ssm: the policies of the role name it',
    'kms: only if your code calls it: logs, sqs, ssm use the key on their side',
    'sqs: only if your code calls it: Lambda itself writes to the dead-letter queue and to destinations',
  ]);
});

it('names policy, statement and action as they are written', () => {
  const policies = [
    policy('first', [{ Sid: 'Read', ...allow('ssm:GetParameter SSM:GetParameters') }]),
    policy('second', [allow('ssm:PutParameter')]),
  ];
  expect(neededServices(policies, plain).services).toEqual([
    {
      word: 'ssm',
      endpoint: 'Interface',
      caution: undefined,
      grade: 'needed',
      label: 'the policies of the role name it',
      evidence: [
        { policy: 'first', statement: 'Read', action: 'SSM:GetParameters' },
        { policy: 'first', statement: 'Read', action: 'ssm:GetParameter' },
        { policy: 'second', statement: 'statement 1', action: 'ssm:PutParameter' },
      ],
    },
  ]);
});

it('is the same whatever the order of policies and statements', () => {
  const parts = [policy('a', [allow(caseStudy)]), awsPolicy('AWSLambdaVPCAccessExecutionRole')];
  const facts = { ...plain, ...caseStudyFacts };
  expect(neededServices([...parts].reverse(), facts)).toEqual(neededServices(parts, facts));
});
