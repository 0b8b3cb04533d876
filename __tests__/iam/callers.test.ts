import { describe, expect, it } from '@jest/globals';
import { allow, awsPolicy } from './policies.js';
import { arns, own, type Row, summaryOf } from './roles.js';

const platformLog = 'logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents';

const logRows: Row[] = [
  { name: 'basic execution', policies: [awsPolicy('AWSLambdaBasicExecutionRole')], expected: 'not: logs' },
  {
    name: 'VPC access',
    policies: [awsPolicy('AWSLambdaVPCAccessExecutionRole')],
    expected: 'not: ec2 logs',
  },
  own('a copy of basic execution', platformLog, 'maybe: logs'),
  own(
    'the role that Serverless Framework makes',
    [
      allow('logs:CreateLogStream logs:CreateLogGroup logs:TagResource', arns.ownLog),
      allow('logs:PutLogEvents', arns.ownLog),
    ],
    'maybe: logs',
  ),
  own(
    'the log of the function is written and not made',
    [allow('logs:CreateLogStream logs:PutLogEvents', arns.ownLog)],
    'maybe: logs',
  ),
  own('any log is written and none made', 'logs:CreateLogStream logs:PutLogEvents', 'needed: logs'),
  own(
    'the log of the function and another are written',
    [allow('logs:PutLogEvents', arns.ownLog), allow('logs:PutLogEvents', arns.otherLog)],
    'needed: logs',
  ),
  own('log groups made and written elsewhere', [allow(platformLog, arns.otherLog)], 'needed: logs'),
  own('the group that Lambda is told to write', [allow(platformLog, arns.otherLog)], 'maybe: logs', {
    logGroup: 'audit',
  }),
  own('logs that are read', 'logs:FilterLogEvents', 'needed: logs'),
  own('every action of logs', 'logs:*', 'maybe: logs'),
  {
    name: 'Lambda Insights, whose extension runs inside the function',
    policies: [
      awsPolicy('AWSLambdaBasicExecutionRole'),
      awsPolicy('CloudWatchLambdaInsightsExecutionRolePolicy'),
    ],
    expected: 'needed: logs',
  },
];

const queueRows: Row[] = [
  own('sending to a queue', 'sqs:SendMessage', 'needed: sqs'),
  own('sending to the dead-letter queue', [allow('sqs:SendMessage', arns.deadLetters)], 'maybe: sqs', {
    deliveries: [arns.deadLetters],
  }),
  own(
    'sending to another queue than the dead letters',
    [allow('sqs:SendMessage', arns.queue)],
    'needed: sqs',
    {
      deliveries: [arns.deadLetters],
    },
  ),
  own('sending to both', [allow('sqs:SendMessage', arns.deadLetters, arns.queue)], 'needed: sqs', {
    deliveries: [arns.deadLetters],
  }),
  own('sending to a queue while dead letters go to a topic', 'sqs:SendMessage', 'needed: sqs', {
    deliveries: [arns.topic],
  }),
  own('publishing to the dead-letter topic', [allow('sns:Publish', arns.topic)], 'maybe: sns', {
    deliveries: [arns.topic],
  }),
  own('reading the attributes of a queue', 'sqs:GetQueueAttributes', 'maybe: sqs'),
  {
    name: 'polling by Lambda, event sources read',
    policies: [awsPolicy('AWSLambdaSQSQueueExecutionRole')],
    facts: { eventSources: [arns.queue] },
    expected: 'not: logs sqs',
  },
  own('SAM SQSPollerPolicy, event source read', 'sqs:ReceiveMessage sqs:DeleteMessage', 'not: sqs', {
    eventSources: [arns.queue],
  }),
  own('SAM SQSPollerPolicy, event sources not read', 'sqs:ReceiveMessage sqs:DeleteMessage', 'maybe: sqs'),
  own('receiving without an event source', 'sqs:ReceiveMessage sqs:DeleteMessage', 'needed: sqs', {
    eventSources: [],
  }),
  own(
    'CDK grantConsumeMessages',
    'sqs:ReceiveMessage sqs:ChangeMessageVisibility sqs:GetQueueUrl',
    'maybe: sqs',
    {
      eventSources: [arns.queue],
    },
  ),
];

const streamRows: Row[] = [
  own('SAM KinesisCrudPolicy puts', 'kinesis:PutRecord kinesis:PutRecords', 'needed: kinesis-streams'),
  own('a stream as event source', 'kinesis:GetRecords kinesis:ListShards', 'not: kinesis-streams', {
    eventSources: [arns.stream],
  }),
  own(
    'one stream as event source, records put',
    'kinesis:GetRecords kinesis:PutRecord',
    'needed: kinesis-streams',
    {
      eventSources: [arns.stream],
    },
  ),
  {
    name: 'a table stream as event source',
    policies: [awsPolicy('AWSLambdaDynamoDBExecutionRole')],
    facts: { eventSources: [arns.tableStream] },
    expected: 'not: dynamodb-streams logs',
  },
  own(
    'a table and its stream',
    'dynamodb:PutItem dynamodb:GetRecords',
    'needed: dynamodb; not: dynamodb-streams',
    {
      eventSources: [arns.tableStream],
    },
  ),
  {
    name: 'a Kafka cluster as event source',
    policies: [awsPolicy('AWSLambdaMSKExecutionRole')],
    facts: { eventSources: [arns.cluster] },
    expected: 'not: ec2 kafka logs',
  },
  own(
    'a broker as event source',
    'mq:DescribeBroker secretsmanager:GetSecretValue',
    'maybe: secretsmanager; not: mq',
    {
      eventSources: [arns.broker],
    },
  ),
  own('firehose', 'firehose:PutRecordBatch', 'needed: kinesis-firehose'),
];

const keyRows: Row[] = [
  own(
    'a secret and its key',
    'secretsmanager:GetSecretValue kms:Decrypt',
    'needed: secretsmanager; maybe: kms',
  ),
  own('encrypted objects', 's3:PutObject kms:GenerateDataKey', 'needed: s3; maybe: kms'),
  own('a key and nothing that uses one', 'kms:Decrypt', 'needed: kms'),
  own('a key of the environment', 'kms:Decrypt', 'maybe: kms', { environmentKey: true }),
  own('a key that the policy does not name', 'ssm:GetParameter', 'needed: ssm; not: kms', {
    environmentKey: true,
  }),
  own('signing', 's3:GetObject kms:Sign', 'needed: kms s3'),
  own(
    'a key through another service alone',
    [
      {
        ...allow('kms:Decrypt'),
        Condition: { StringEquals: { 'kms:ViaService': 'ssm.us-east-2.amazonaws.com' } },
      },
    ],
    'not: kms',
  ),
];

describe.each([
  ['logs', logRows],
  ['queues', queueRows],
  ['streams', streamRows],
  ['keys', keyRows],
])('%s', (_group, rows) => {
  it.each(rows.map((row) => [row.name, row.expected, row] as const))('%s → %s', (_name, expected, row) => {
    expect(summaryOf(row)).toBe(expected);
  });
});
