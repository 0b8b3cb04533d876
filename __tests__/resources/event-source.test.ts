import { expect, it } from '@jest/globals';
import { readEventSources } from '../../src/resources/event-source.js';
import { fakeAws } from '../builders/fake-aws.js';

it('event sources that name an alias or a version', async () => {
  const of = 'arn:aws:lambda:us-east-2:123456789012:function:app-7';
  const aws = fakeAws({
    'lambda:ListEventSourceMappings': {
      EventSourceMappings: [
        {
          UUID: 'u1',
          EventSourceArn: 'arn:aws:sqs:us-east-2:123456789012:orders',
          FunctionArn: `${of}:live`,
        },
        {
          UUID: 'u2',
          EventSourceArn: 'arn:aws:kinesis:us-east-2:123456789012:stream/clicks',
          FunctionArn: `${of}:7`,
        },
        { UUID: 'u3', FunctionArn: `${of}:7` },
        { UUID: 'u4', EventSourceArn: 'arn:aws:sqs:us-east-2:123456789012:orders', FunctionArn: of },
        {
          UUID: 'u5',
          EventSourceArn: 'arn:aws:sqs:us-east-2:123456789012:orders',
          FunctionArn: `${of}:$LATEST`,
        },
      ],
    },
  });
  const functionName = 'app-7';
  expect(await readEventSources(aws)).toEqual([
    { uuid: 'u2', source: 'kinesis stream/clicks', functionName, qualifier: '7' },
    { uuid: 'u3', source: 'self-managed Kafka', functionName, qualifier: '7' },
    { uuid: 'u1', source: 'sqs orders', functionName, qualifier: 'live' },
  ]);
});
