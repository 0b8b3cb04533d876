import { describe, expect, it } from '@jest/globals';
import { denialPolicyName, INLINE_POLICY_NAME } from '../../src/iam/inline-policy.js';
import type { Observed } from '../../src/model/observed.js';
import type { RoleFacts } from '../../src/model/role.js';
import { applied } from '../builders/applied.js';
import { id, REGION } from '../builders/ids.js';
import { changeOf, errorsOf, idsOf, plan } from '../builders/plans.js';
import { inline, roleFacts, simulated } from '../builders/roles.js';
import { type World, world } from '../builders/world.js';

const GRANT = 'execution-role/app-7-role';
const DENIAL = `${GRANT}/deny/app-7`;

const wish = { subnets: 'private' };
const having = (facts: Partial<RoleFacts>): World =>
  world()
    .vpc()
    .privateSubnets(1, id('nat', 1))
    .with({ role: roleFacts(facts) });

const own = (...texts: readonly (readonly [string, string | undefined])[]): Pick<RoleFacts, 'own'> => ({
  own: { ok: true, value: new Map(texts) },
});

const everything = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
const absent = own([INLINE_POLICY_NAME, undefined]);

describe('iam-policy: managed', () => {
  const rows: [string, Partial<RoleFacts>, boolean][] = [
    ['nothing more was read', {}, true],
    ['the simulator allows it', { simulated: simulated('allowed') }, false],
    ['the simulator does not', { simulated: simulated('implicitDeny') }, true],
    [
      'the simulator allows all but what is only advised',
      {
        simulated: {
          ok: true,
          value: [
            { action: 'ec2:CreateNetworkInterface', decision: 'allowed', refusedBy: [], missingKeys: [] },
            { action: 'ec2:DescribeSubnets', decision: 'implicitDeny', refusedBy: [], missingKeys: [] },
          ],
        },
      },
      false,
    ],
    ['the documents allow it', { documents: inline(everything) }, false],
    ['the documents do not', { documents: inline({ ...everything, Action: 's3:*' }) }, true],
    [
      'the simulator is asked before the documents',
      { simulated: simulated('implicitDeny'), documents: inline(everything) },
      true,
    ],
  ];
  it.each(rows)('attaches where it has to: %s', (_name, facts, attaches) => {
    expect(idsOf(plan(having(facts), wish)).includes(GRANT)).toBe(attaches);
  });
});

describe('iam-policy: inline', () => {
  const inlineWish = { ...wish, 'iam-policy': 'inline' };

  it('puts the network interfaces and nothing else', () => {
    const [call] = changeOf(plan(having(absent), inlineWish), GRANT).calls;
    expect(call).toMatchObject({
      action: 'iam:PutRolePolicy',
      input: { RoleName: 'app-7-role', PolicyName: INLINE_POLICY_NAME },
    });
    const document = JSON.parse(String(call && 'PolicyDocument' in call.input && call.input.PolicyDocument));
    expect(document.Statement[0].Action.every((action: string) => action.startsWith('ec2:'))).toBe(true);
  });

  it('puts nothing where another policy allows it, or where ours could not be looked at', () => {
    expect(idsOf(plan(having({ ...absent, simulated: simulated('allowed') }), inlineWish))).not.toContain(
      GRANT,
    );
    expect(idsOf(plan(having({}), inlineWish))).not.toContain(GRANT);
  });

  it('leaves it as it is once it is there, percent-encoded as IAM answers', () => {
    const before = having(absent).observed();
    const after = applied(plan(before, inlineWish), before);
    expect(idsOf(plan(encoded(after), inlineWish))).toEqual([]);
  });

  it('puts it right where somebody changed it, and calls that drift', () => {
    const before = having(absent).observed();
    const after = applied(plan(before, inlineWish), before);
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [everything] });
    const role = roleFacts({ ...own([INLINE_POLICY_NAME, text]), simulated: simulated('allowed') });
    const { drift, changes } = plan({ ...after, role }, inlineWish);
    expect(changes.map(({ id: change }) => change)).toEqual([GRANT]);
    expect(drift).toHaveLength(1);
    expect(drift[0]?.message).toContain(INLINE_POLICY_NAME);
  });
});

describe('harden-role', () => {
  const hardWish = { ...wish, 'harden-role': 'true' };
  const name = denialPolicyName('app-7', REGION);

  it('denies the code of the function what Lambda may do, and the move does not wait for it', () => {
    const made = plan(having(own([name, undefined])), hardWish);
    const [call] = changeOf(made, DENIAL).calls;
    expect(JSON.stringify(call)).toContain('lambda:SourceFunctionArn');
    const { label, attributes } = changeOf(made, DENIAL);
    expect(label).toBe(`app-7-role (${name})`);
    expect(attributes).toContainEqual(
      expect.objectContaining({
        name: 'denies',
        after: expect.stringContaining('ec2:CreateNetworkInterface'),
      }),
    );
    expect(changeOf(made, 'function/app-7').after).not.toContain(DENIAL);
    expect(changeOf(made, 'function/app-7').after).toContain(GRANT);
  });

  it('puts a changed denial right before the move: it may deny Lambda, too', () => {
    const made = plan(
      having(own([name, '{"Statement":{"Effect":"Deny","Action":"ec2:*","Resource":"*"}}'])),
      hardWish,
    );
    expect(errorsOf(made)).toEqual([]);
    expect(changeOf(made, 'function/app-7').after).toContain(DENIAL);
  });

  it('does so whatever iam-policy says, and not without the input', () => {
    const facts = own([name, undefined]);
    expect(idsOf(plan(having(facts), { ...hardWish, 'iam-policy': 'none' }))).toContain(DENIAL);
    expect(idsOf(plan(having(facts), wish))).not.toContain(DENIAL);
  });
});

function encoded(observed: Observed): Observed {
  const { role } = observed;
  if (role?.own?.ok !== true) throw new Error('no inline policies');
  const texts = [...role.own.value].map(
    ([policy, text]) => [policy, text && encodeURIComponent(text)] as const,
  );
  return { ...observed, role: { ...role, own: { ok: true, value: new Map(texts) } } };
}

describe('a role that others have', () => {
  const others = {
    ok: true,
    value: [{ name: 'other', roleArn: having({}).observed().lambda.roleArn }],
  } as const;
  const shared = having(
    own([INLINE_POLICY_NAME, undefined], [denialPolicyName('app-7', REGION), undefined]),
  ).with({
    roleUsers: others,
  });
  const made = plan(shared, { ...wish, 'iam-policy': 'inline', 'harden-role': 'true' });

  it('gets a grant that is for them as well, and needs a consent', () => {
    expect(changeOf(made, GRANT).disruption).toContain('also reaches 1 other function: other');
    expect(made.consents.map(({ kind, object }) => `${kind}:${object}`)).toContain('shared-role:app-7-role');
  });

  it('gets a denial that is for the function alone', () => {
    expect(changeOf(made, DENIAL).disruption).toBeUndefined();
  });
});
