import { expect, it } from '@jest/globals';
import { readFunctionAdvice } from '../../src/observe/advice.js';
import { fakeAws } from '../builders/fake-aws.js';

const lambda = { name: 'app-7', arn: 'arn:aws:lambda:us-east-2:123456789012:function:app-7' };

const withAlias = () =>
  fakeAws({
    'lambda:ListAliases': { Aliases: [{ Name: 'live', FunctionVersion: '1' }] },
    'lambda:ListProvisionedConcurrencyConfigs': { ProvisionedConcurrencyConfigs: [] },
    'lambda:ListTags': { Tags: { Team: 'blue' } },
  });

const actions = (aws: ReturnType<typeof withAlias>) => aws.sent.map(({ action }) => action).sort();

it('a dry run reads aliases, their provisioned concurrency, and tags', async () => {
  const aws = withAlias();
  expect(await readFunctionAdvice(aws, lambda, 'all')).toMatchObject({
    aliases: { ok: true },
    provisioned: { ok: true, value: [] },
    tags: { ok: true, value: { Team: 'blue' } },
  });
  expect(actions(aws)).toEqual([
    'lambda:ListAliases',
    'lambda:ListProvisionedConcurrencyConfigs',
    'lambda:ListTags',
  ]);
});

it('an apply reads aliases only', async () => {
  const aws = withAlias();
  const { aliases, provisioned, tags } = await readFunctionAdvice(aws, lambda, 'needed');
  expect([aliases?.ok, provisioned, tags]).toEqual([true, undefined, undefined]);
  expect(actions(aws)).toEqual(['lambda:ListAliases']);
});
