import { expect, it } from '@jest/globals';
import { readFunctionAdvice, readUsersOfRoles } from '../../src/observe/advice.js';
import { listFunctions } from '../../src/resources/function.js';
import { denied } from '../builders/denied.js';
import { fakeAws, inTurn } from '../builders/fake-aws.js';

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

const user = (name: string) => ({ FunctionName: name, Role: `role-of-${name}` });
const names = (reading: Awaited<ReturnType<typeof readUsersOfRoles>>) =>
  reading.ok ? reading.value.map(({ name, roleArn }) => `${name} ${roleArn}`) : reading;

it.each([
  [
    'goes on where it was left',
    'page-2',
    ['a role-of-a', 'b role-of-b', 'c role-of-c'],
    [{}, { Marker: 'page-2' }],
  ],
  ['is not read again where it was read to its end', undefined, ['b role-of-b', 'c role-of-c'], [{}]],
] as const)('the list of functions %s', async (_name, marker, users, sent) => {
  const first = {
    Functions: [user('c'), user('b')],
    ...(marker === undefined ? {} : { NextMarker: marker }),
  };
  const aws = fakeAws({ 'lambda:ListFunctions': inTurn(first, { Functions: [user('a')] }) });
  const list = { ok: true as const, value: await listFunctions(aws, ['b'], 1) };
  expect(list.value.found.map(({ name }) => name)).toEqual(['b']);
  expect(names(await readUsersOfRoles(aws, list))).toEqual(users);
  expect(aws.sent.map(({ input }) => input)).toEqual(sent);
});

it('the list of functions is read whole where the run has not begun it', async () => {
  const aws = fakeAws({ 'lambda:ListFunctions': { Functions: [user('b'), user('a')] } });
  expect(names(await readUsersOfRoles(aws, undefined))).toEqual(['a role-of-a', 'b role-of-b']);
});

it('the list of functions is not asked for again where it was refused', async () => {
  const aws = fakeAws({});
  const refused = denied('lambda:ListFunctions');
  expect(await readUsersOfRoles(aws, refused)).toBe(refused);
  expect(aws.sent).toEqual([]);
});
