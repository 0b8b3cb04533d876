import pLimit from 'p-limit';
import type { Aws } from '../aws/call.js';
import { roleNameOf } from '../aws/partitions.js';
import { ATTACHED_POLICY_QUOTA } from '../iam/inline-policy.js';
import type { FunctionFacts } from '../model/observed.js';
import type { Reading } from '../model/reading.js';
import type { AttachedPolicy, PolicyText, RoleFacts } from '../model/role.js';
import { isKnownByName } from '../resources/aws-policies.js';
import {
  readAttachedQuota,
  readInlineNames,
  readInlinePolicy,
  readInlineTexts,
  readManagedPolicy,
  readRoleDetails,
  simulateAccess,
} from '../resources/role.js';
import { attempt, attemptIf, present } from './reading.js';

/** What of an execution role is due to be read. */
export interface RoleDue {
  /** Names of the inline policies this action makes. */
  readonly own: readonly string[];
  /** The role itself: its trust policy and its boundary. */
  readonly details: boolean;
  readonly simulated: boolean;
  /** Where the simulator answers, its judgement is enough for `unless-simulated`. */
  readonly documents: boolean | 'unless-simulated';
  readonly attachedQuota: boolean;
}

/** Facts of a role of which nothing was read yet. */
export const NOTHING: RoleFacts = {
  own: undefined,
  details: undefined,
  simulated: undefined,
  inlineNames: undefined,
  documents: undefined,
  documentsRead: undefined,
  boundary: undefined,
  attachedQuota: undefined,
};

/** Documents of one role read at once. */
const WIDTH = 10;

/** First wave of a role: everything that needs its name alone. */
export async function startRole(aws: Aws, roleArn: string, due: RoleDue): Promise<RoleFacts> {
  const name = roleNameOf(roleArn);
  const [own, details, simulated, inlineNames] = await Promise.all([
    attemptIf(due.own.length > 0, 'iam:GetRolePolicy', name, () => readInlineTexts(aws, name, due.own)),
    attemptIf(due.details, 'iam:GetRole', name, () => readRoleDetails(aws, name)),
    attemptIf(due.simulated, 'iam:SimulatePrincipalPolicy', name, () => simulateAccess(aws, roleArn)),
    attemptIf(due.documents === true, 'iam:ListRolePolicies', name, () => readInlineNames(aws, name)),
  ]);
  return { ...NOTHING, own, details, simulated, inlineNames };
}

/** The documents that were read, and all of them or why not. */
type Documents = Pick<RoleFacts, 'documents' | 'documentsRead'>;

async function allOf(readings: readonly Promise<Reading<PolicyText>>[]): Promise<Documents> {
  const read = await Promise.all(readings);
  const documentsRead = read.flatMap((reading) => (reading.ok ? reading.value : []));
  const failed = read.find((reading) => !reading.ok);
  return failed?.ok === false
    ? { documents: failed, documentsRead }
    : { documents: { ok: true, value: documentsRead }, documentsRead: undefined };
}

/** Names the read that failed: of a managed policy's two it is in AWS's own words. */
function managed(aws: Aws, policy: AttachedPolicy): Promise<Reading<PolicyText>> {
  return attempt('iam:GetPolicyVersion', policy.arn, readManagedPolicy(aws, policy));
}

/** An inline policy: ours are read already where the inputs ask for them. */
async function inline(
  aws: Aws,
  roleName: string,
  name: string,
  own: RoleFacts['own'],
): Promise<Reading<PolicyText>> {
  const text = own?.ok ? own.value.get(name) : undefined;
  return text === undefined
    ? attempt('iam:GetRolePolicy', roleName, readInlinePolicy(aws, roleName, name))
    : { ok: true, value: { name, source: 'inline', text } };
}

async function readDocuments(
  aws: Aws,
  roleName: string,
  inlineNames: Reading<readonly string[]>,
  { own, attached }: Pick<RoleFacts, 'own'> & { readonly attached: FunctionFacts['policies'] },
): Promise<Documents> {
  if (!inlineNames.ok) return { documents: inlineNames, documentsRead: undefined };
  if (attached?.ok === false) return { documents: attached, documentsRead: undefined };
  const limit = pLimit(WIDTH);
  return allOf([
    ...inlineNames.value.map((name) => limit(() => inline(aws, roleName, name, own))),
    ...(attached?.value ?? [])
      .filter((policy) => !isKnownByName(policy))
      .map((policy) => limit(() => managed(aws, policy))),
  ]);
}

async function readBoundary(
  aws: Aws,
  details: RoleFacts['details'],
): Promise<Reading<PolicyText> | undefined> {
  const arn = details?.ok ? details.value.boundaryArn : undefined;
  return arn === undefined ? undefined : managed(aws, { name: roleNameOf(arn), arn });
}

/** Whether the account's quota matters: the default is in use up. */
function isNearQuota(attached: Reading<readonly AttachedPolicy[]> | undefined): boolean {
  return attached?.ok === true && attached.value.length >= ATTACHED_POLICY_QUOTA;
}

/** What needs the role's name alone, as far as it is due and not known yet. */
async function started(aws: Aws, roleArn: string, known: RoleFacts, due: RoleDue): Promise<RoleFacts> {
  const more = await startRole(aws, roleArn, {
    own: known.own ? [] : due.own,
    details: due.details && known.details === undefined,
    simulated: due.simulated && known.simulated === undefined,
    documents: due.documents === true && known.inlineNames === undefined,
    attachedQuota: false,
  });
  return {
    ...known,
    own: known.own ?? more.own,
    details: known.details ?? more.details,
    simulated: known.simulated ?? more.simulated,
    inlineNames: known.inlineNames ?? more.inlineNames,
  };
}

/** The documents, where they are due by now. */
async function documentsOf(
  aws: Aws,
  { lambda, policies }: FunctionFacts,
  first: RoleFacts,
  due: RoleDue,
): Promise<Pick<RoleFacts, 'details' | 'inlineNames' | 'documents' | 'documentsRead' | 'boundary'>> {
  const { simulated, documents, boundary } = first;
  const isDue = due.documents === 'unless-simulated' ? simulated?.ok !== true : due.documents;
  if (!isDue || documents !== undefined) return first;
  const name = roleNameOf(lambda.roleArn);
  // In the simulator's place the documents decide, and with them the boundary.
  const [inlineNames, details] = await Promise.all([
    first.inlineNames ?? attempt('iam:ListRolePolicies', name, readInlineNames(aws, name)),
    first.details ?? attemptIf(due.simulated, 'iam:GetRole', name, () => readRoleDetails(aws, name)),
  ]);
  const [read, limit] = await Promise.all([
    readDocuments(aws, name, inlineNames, { own: first.own, attached: policies }),
    boundary ?? readBoundary(aws, details),
  ]);
  return { details, inlineNames, ...read, boundary: limit };
}

/** The rest of a role: what is due and was not read yet. */
async function completed(aws: Aws, facts: FunctionFacts, due: RoleDue): Promise<RoleFacts> {
  const first = await started(aws, facts.lambda.roleArn, facts.role ?? NOTHING, due);
  const [documents, attachedQuota] = await Promise.all([
    documentsOf(aws, facts, first, due),
    first.attachedQuota ??
      attemptIf(due.attachedQuota && isNearQuota(facts.policies), 'iam:GetAccountSummary', '*', () =>
        readAttachedQuota(aws),
      ),
  ]);
  const { details, inlineNames, documents: texts, documentsRead, boundary } = documents;
  const quota = present(attachedQuota);
  return { ...first, details, inlineNames, documents: texts, documentsRead, boundary, attachedQuota: quota };
}

/** Starts to read the roles, each once; `dueOf` says what is due of a role, by its ARN. */
export async function startRoles(
  aws: Aws,
  roleArns: readonly string[],
  dueOf: (roleArn: string) => RoleDue,
): Promise<ReadonlyMap<string, RoleFacts>> {
  const read = await pLimit(WIDTH).map(
    [...new Set(roleArns)],
    async (roleArn) => [roleArn, await startRole(aws, roleArn, dueOf(roleArn))] as const,
  );
  return new Map(read);
}

/** Reads the rest of each role, once however many functions have it; roles of others are left as they are. */
export async function completeRoles(
  aws: Aws,
  functions: readonly FunctionFacts[],
  dueOf: (facts: FunctionFacts) => RoleDue | undefined,
): Promise<FunctionFacts[]> {
  const reads = new Map<string, Promise<RoleFacts>>();
  const read = (facts: FunctionFacts, due: RoleDue): Promise<RoleFacts> => {
    const { roleArn } = facts.lambda;
    const running = reads.get(roleArn) ?? completed(aws, facts, due);
    reads.set(roleArn, running);
    return running;
  };
  return pLimit(WIDTH).map(functions, async (facts) => {
    const due = dueOf(facts);
    return due === undefined ? facts : { ...facts, role: await read(facts, due) };
  });
}
