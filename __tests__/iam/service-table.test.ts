import { expect, it } from '@jest/globals';
import { PREFIXES_WITH_ENDPOINT, prefixesOf, routeOf } from '../../src/iam/service-table.js';

it.each([
  ['ssm:GetParameter', 'ssm'],
  ['secretsmanager:GetSecretValue', 'secretsmanager'],
  ['kms:Decrypt', 'kms'],
  ['sqs:SendMessage', 'sqs'],
  ['sns:Publish', 'sns'],
  ['sts:AssumeRole', 'sts'],
  ['lambda:InvokeFunction', 'lambda'],
  ['events:PutEvents', 'events'],
  ['scheduler:CreateSchedule', 'scheduler'],
  ['states:StartExecution', 'states'],
  ['states:StartSyncExecution', 'sync-states'],
  ['kinesis:PutRecord', 'kinesis-streams'],
  ['firehose:PutRecord', 'kinesis-firehose'],
  ['logs:PutLogEvents', 'logs'],
  ['cloudwatch:PutMetricData', 'monitoring'],
  ['xray:PutTraceSegments', 'xray'],
  ['execute-api:Invoke', 'execute-api'],
  ['apigateway:GET', 'apigateway'],
  ['appconfig:StartConfigurationSession', 'appconfigdata'],
  ['appconfig:CreateApplication', 'appconfig'],
  ['appconfig:*', 'appconfigdata'],
  ['bedrock:InvokeModel', 'bedrock-runtime'],
  ['bedrock:InvokeModelWithResponseStream', 'bedrock-runtime'],
  ['bedrock:InvokeModel*', 'bedrock-runtime'],
  ['bedrock:*', 'bedrock-runtime'],
  ['bedrock:InvokeAgent', 'bedrock-agent-runtime'],
  ['bedrock:GetAgent', 'bedrock-agent'],
  ['bedrock:ListFoundationModels', 'bedrock'],
  ['bedrock:InvokeDataAutomationAsync', 'bedrock-data-automation-runtime'],
  ['rds-data:ExecuteStatement', 'rds-data'],
  ['rds:DescribeDBInstances', 'rds'],
  ['textract:AnalyzeDocument', 'textract'],
  ['ses:SendEmail', 'email'],
  ['ecr:GetAuthorizationToken', 'ecr.api'],
  ['sagemaker:InvokeEndpoint', 'sagemaker.runtime'],
  ['sagemaker:InvokeEndpointAsync', 'sagemaker.runtime'],
  ['sagemaker:GetRecord', 'sagemaker.featurestore-runtime'],
  ['sagemaker:CreateModel', 'sagemaker.api'],
  ['iot:Publish', 'iot.data'],
  ['iot:UpdateThingShadow', 'iot.data'],
  ['geo:CalculateRoute', 'geo.routes'],
  ['geo:SearchPlaceIndexForText', 'geo.places'],
  ['geo:BatchUpdateDevicePosition', 'geo.tracking'],
  ['lex:RecognizeText', 'runtime-v2-lex'],
  ['lex:CreateBot', 'models-v2-lex'],
  ['servicediscovery:DiscoverInstances', 'data-servicediscovery'],
  ['servicediscovery:RegisterInstance', 'servicediscovery'],
  ['transcribe:StartStreamTranscription', 'transcribestreaming'],
  ['transcribe:StartTranscriptionJob', 'transcribe'],
  ['personalize:GetRecommendations', 'personalize-runtime'],
  ['personalize:PutEvents', 'personalize-events'],
  ['dynamodb:GetShardIterator', 'dynamodb-streams'],
])('%s goes to %s', (action, word) => {
  expect(routeOf(action).word).toBe(word);
});

it.each([
  ['s3:GetObject', 'Gateway'],
  ['dynamodb:GetItem', 'Gateway'],
  ['dynamodb:GetRecords', 'Interface'],
  ['s3tables:GetTable', 'Interface'],
  ['ssm:GetParameter', 'Interface'],
  ['iam:GetRole', 'none'],
  ['route53:ListHostedZones', 'none'],
  ['iot:CreateThing', 'none'],
  ['unheard-of:Do', 'none'],
])('%s is served by an endpoint of type %s', (action, endpoint) => {
  expect(routeOf(action).endpoint).toBe(endpoint);
});

it.each([
  ['execute-api:Invoke', /answer 403/],
  ['appsync:GraphQL', /private APIs only/],
  ['cassandra:Select', /port 9142/],
  ['ecr:BatchGetImage', /ecr\.dkr/],
])('%s has a caution', (action, caution) => {
  expect(routeOf(action).caution).toMatch(caution);
});

it('is broad, sorted, and never leads to a fallback', () => {
  expect(PREFIXES_WITH_ENDPOINT.length).toBeGreaterThan(200);
  expect([...PREFIXES_WITH_ENDPOINT]).toEqual([...new Set(PREFIXES_WITH_ENDPOINT)].sort());
  const lost = PREFIXES_WITH_ENDPOINT.filter((prefix) => routeOf(`${prefix}:X`).endpoint === 'none');
  expect(lost).toEqual([]);
});

it.each([
  ['ssm', ['ssm']],
  ['ssm-fips', ['ssm']],
  ['s3:interface', ['s3']],
  ['kinesis-streams', ['kinesis']],
  ['bedrock-runtime', ['bedrock']],
  ['unheard-of', []],
])('%s serves the actions of %j', (word, prefixes) => {
  expect(prefixesOf(word)).toEqual(prefixes);
});
