import { denialPolicyName, INLINE_POLICY_NAME } from '../../src/iam/inline-policy.js';
import type { AttachedPolicy, RoleFacts, SimulatedAction } from '../../src/model/role.js';
import { denied } from '../builders/denied.js';
import { id, OTHER_ACCOUNT, REGION } from '../builders/ids.js';
import { inline, roleFacts, simulated, trusting } from '../builders/roles.js';
import { VPC_POLICY, type World, world } from '../builders/world.js';
import { bare, type Fixture, see } from './fixture.js';

const foreignRole = `arn:aws:iam::${OTHER_ACCOUNT}:role/app`;
const serviceRole = 'arn:aws:iam::123456789012:role/aws-service-role/lex.amazonaws.com/AWSServiceRoleForLex';

/** A VPC with NAT, and what was read of the function's role. */
const having = (facts: Partial<RoleFacts>): World => bare().with({ role: roleFacts(facts) });

const scripted = (decision: SimulatedAction['decision'], parts: Partial<SimulatedAction> = {}): World =>
  having({ simulated: simulated(decision, parts) });

const attached = (count: number): AttachedPolicy[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `p${index}`,
    arn: `arn:aws:iam::123456789012:policy/p${index}`,
  }));

const full = (count: number, quota?: number): World =>
  bare().with({
    policies: { ok: true, value: attached(count) },
    role: roleFacts({
      attachedQuota: quota === undefined ? denied('iam:GetAccountSummary') : { ok: true, value: quota },
    }),
  });

const conditional = {
  Effect: 'Allow',
  Action: 'ec2:*',
  Resource: '*',
  Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
};
const everything = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
const scoped = { ...everything, Resource: 'arn:aws:ec2:*:*:subnet/*' };

const DENIAL = denialPolicyName('app-7', REGION);

/** A role whose denial of ours denies Lambda, too; with the documents or with what the simulator says of it. */
const damaged = (documented: boolean, ...denied: readonly object[]): World => {
  const text = JSON.stringify({ Statement: { ...everything, Effect: 'Deny' } });
  const others = denied.map((statement) => ({ ...statement, Effect: 'Deny' }));
  const documents = inline(everything, ...others);
  const value = documents.ok ? documents.value : [];
  return having({
    own: { ok: true, value: new Map([[DENIAL, text]]) },
    ...(documented
      ? { documents: { ok: true, value: [...value, { name: DENIAL, source: 'inline', text }] } }
      : { simulated: simulated('explicitDeny') }),
  });
};

const inNoVpcOf = (region: string, facts: Partial<RoleFacts>): World =>
  world(region)
    .vpc()
    .privateSubnets(1, id('nat', 1))
    .with({ role: roleFacts(facts) });

/** Fixtures of the rules about the execution role. */
export const roleFixtures: Readonly<Record<string, Fixture>> = {
  'execution-role-policy': {
    fires: {
      'missing and only verified': see(bare(), { 'iam-policy': 'verify' }),
      'of another account': see(bare().function('app-7', { roleArn: foreignRole })),
      'of another account, to be hardened': see(bare().function('app-7', { roleArn: foreignRole }), {
        'iam-policy': 'none',
        'harden-role': 'true',
      }),
      unreadable: see(bare().with({ policies: denied('iam:ListAttachedRolePolicies') })),
      'our inline policy is unreadable': see(having({ own: denied('iam:GetRolePolicy') }), {
        'iam-policy': 'inline',
      }),
      'nothing of the role may be read, and the function moves': see(
        having({
          simulated: denied('iam:SimulatePrincipalPolicy'),
          details: denied('iam:GetRole'),
          documents: denied('iam:ListRolePolicies'),
        }),
        { 'iam-policy': 'verify' },
      ),
      'one of its policies may not be read, and the others allow it': see(
        having({
          simulated: denied('iam:SimulatePrincipalPolicy'),
          documents: denied('iam:GetPolicy'),
          documentsRead: [{ name: 'own', source: 'inline', text: JSON.stringify({ Statement: everything }) }],
        }),
        { 'iam-policy': 'verify' },
      ),
      'a policy of the wrong shape': see(having({ documents: inline(scoped) }), { 'iam-policy': 'verify' }),
      'allowed on a condition': see(having({ documents: inline(conditional) }), { 'iam-policy': 'verify' }),
      'the simulator was not told a key': see(
        scripted('implicitDeny', { missingKeys: ['aws:PrincipalTag/team'] }),
        { 'iam-policy': 'verify' },
      ),
    },
    silent: {
      'to be attached': see(bare()),
      attached: see(bare().with({ policies: { ok: true, value: [VPC_POLICY] } }), { 'iam-policy': 'verify' }),
      'none of our business': see(bare(), { 'iam-policy': 'none' }),
      'a policy of the account allows it': see(having({ documents: inline(everything) }), {
        'iam-policy': 'verify',
      }),
      'the simulator allows it': see(scripted('allowed'), { 'iam-policy': 'verify' }),
      'it is denied, which is an error of its own': see(scripted('explicitDeny'), { 'iam-policy': 'verify' }),
      'what is attached may not be read, and the grant is put all the same': see(
        having({ own: { ok: true, value: new Map([[INLINE_POLICY_NAME, undefined]]) } }).with({
          policies: denied('iam:ListAttachedRolePolicies'),
        }),
        { 'iam-policy': 'inline' },
      ),
    },
  },
  'execution-role-denied': {
    fires: {
      'the simulator finds a denial': see(scripted('explicitDeny')),
      'a boundary excludes it': see(scripted('implicitDeny', { refusedBy: ['boundary'] })),
      'a document denies it': see(
        having({ documents: inline(everything, { ...everything, Effect: 'Deny' }) }),
      ),
      'our denial is damaged, and is not asked for': see(damaged(true)),
      'a document denies it beside our damaged denial': see(damaged(true, everything), {
        'harden-role': 'true',
      }),
      'the boundary’s document excludes it': see(
        having({
          details: trusting('lambda.amazonaws.com', 'arn:aws:iam::123456789012:policy/limit'),
          documents: inline(everything),
          boundary: {
            ok: true,
            value: {
              name: 'limit',
              source: 'account',
              text: '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}',
            },
          },
        }),
      ),
    },
    silent: {
      'a boundary that allows it on a condition': see(
        scripted('implicitDeny', { refusedBy: ['boundary'], missingKeys: ['ec2:Vpc'] }),
      ),
      'a denial by a condition that the simulator cannot know': see(
        having({ simulated: simulated('explicitDeny', { missingKeys: ['aws:PrincipalTag/team'] }) }),
      ),
      'nothing was read': see(bare()),
      'our denial is damaged, and is put right': see(damaged(true), { 'harden-role': 'true' }),
      'the simulator finds our damaged denial, which is put right': see(damaged(false), {
        'harden-role': 'true',
      }),
      'only a policy is missing': see(scripted('implicitDeny')),
      'the denial is of the code alone': see(
        having({
          documents: inline(everything, {
            ...everything,
            Effect: 'Deny',
            Condition: { ArnEquals: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:app-7' } },
          }),
        }),
      ),
    },
  },
  'execution-role-uncertain': {
    fires: {
      'the simulator finds our damaged denial, which is put right': see(damaged(false), {
        'harden-role': 'true',
      }),
      'a policy of the organization excludes it': see(
        scripted('implicitDeny', { refusedBy: ['organization'] }),
      ),
      'a boundary that allows it on a condition': see(
        scripted('implicitDeny', { refusedBy: ['boundary'], missingKeys: ['ec2:Vpc'] }),
      ),
      'a denial on a condition': see(
        having({ documents: inline(everything, { ...conditional, Effect: 'Deny' }) }),
      ),
      'a denial that the simulator finds without knowing its condition': see(
        having({ simulated: simulated('explicitDeny', { missingKeys: ['aws:PrincipalTag/team'] }) }),
      ),
      'an unread boundary': see(
        having({
          details: trusting('lambda.amazonaws.com', 'arn:aws:iam::123456789012:policy/limit'),
          documents: inline(everything),
          boundary: denied('iam:GetPolicyVersion'),
        }),
      ),
    },
    silent: {
      'the simulator tells': see(
        having({
          simulated: simulated('allowed'),
          documents: inline(everything, { ...conditional, Effect: 'Deny' }),
        }),
      ),
      'the grant that is added is without conditions': see(having({ documents: inline(conditional) })),
    },
  },
  'role-not-assumable': {
    fires: {
      'trusts another service': see(having({ details: trusting('ec2.amazonaws.com') })),
      'trusts everybody': see(having({ details: trusting('*') })),
      unreadable: see(having({ details: denied('iam:GetRole') })),
    },
    silent: {
      'trusts Lambda': see(having({ details: trusting('lambda.amazonaws.com') })),
      'not read': see(bare()),
    },
  },
  'role-trusts-edge': {
    fires: {
      'in the region of edges': see(
        inNoVpcOf('us-east-1', { details: trusting('edgelambda.amazonaws.com') }),
      ),
    },
    silent: {
      'in another region': see(inNoVpcOf('us-east-2', { details: trusting('edgelambda.amazonaws.com') })),
      'trusts Lambda alone': see(inNoVpcOf('us-east-1', { details: trusting('lambda.amazonaws.com') })),
    },
  },
  'role-policy-quota': {
    fires: {
      'ten attached, the quota unread': see(full(10)),
      'ten attached of ten': see(full(10, 10)),
      'inline policies are full': see(
        having({
          own: { ok: true, value: new Map([[INLINE_POLICY_NAME, undefined]]) },
          documents: inline({ ...everything, Resource: [`arn:aws:s3:::${'x'.repeat(10_200)}`] }),
        }),
        { 'iam-policy': 'inline' },
      ),
    },
    silent: {
      'nine attached': see(full(9)),
      'ten attached of twenty': see(full(10, 20)),
      'nothing to attach': see(bare().with({ policies: { ok: true, value: [...attached(10), VPC_POLICY] } })),
      'inline policies are short': see(
        having({
          own: { ok: true, value: new Map([[INLINE_POLICY_NAME, undefined]]) },
          documents: inline(scoped),
        }),
        { 'iam-policy': 'inline' },
      ),
    },
  },
  'role-not-modifiable': {
    fires: { 'of a service': see(bare().function('app-7', { roleArn: serviceRole })) },
    silent: {
      own: see(bare()),
      'of a service, and left alone': see(bare().function('app-7', { roleArn: serviceRole }), {
        'iam-policy': 'none',
      }),
    },
  },
};
