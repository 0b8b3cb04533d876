import { expect, it } from '@jest/globals';
import type { RoleFacts } from '../../src/model/role.js';
import { withOwn } from '../../src/observe/again.js';
import { roleFacts, simulated } from '../builders/roles.js';

const own = (text: string): RoleFacts['own'] => ({ ok: true, value: new Map([['ours', text]]) });
const documents = (text: string): RoleFacts['documents'] => ({
  ok: true,
  value: [
    { name: 'ours', source: 'inline', text },
    { name: 'ours', source: 'account', text: 'of somebody else' },
  ],
});

it('what rests on a policy of ours is brought up to date with it', () => {
  const role = roleFacts({
    own: own('old'),
    documents: documents('old'),
    simulated: simulated('explicitDeny'),
  });
  const now = withOwn(role, own('new'));
  expect(now.documents).toEqual(documents('new'));
  expect(now.simulated).toBeUndefined();
});

it.each<[string, RoleFacts['own']]>([
  ['is as it was', own('old')],
  ['could not be read again', undefined],
])('what the simulator says stays where the policy %s', (_name, again) => {
  const role = roleFacts({ own: own('old'), simulated: simulated('explicitDeny') });
  expect(withOwn(role, again)).toEqual(role);
});

it('that it allows something stays in any case: no policy of ours takes that away', () => {
  const role = roleFacts({ own: own('old'), simulated: simulated('allowed') });
  expect(withOwn(role, own('new')).simulated).toBe(role.simulated);
});
