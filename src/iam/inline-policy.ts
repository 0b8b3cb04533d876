import { decodeDocument } from './document.js';
import { NETWORK_INTERFACE_ACTIONS } from './network-interfaces.js';

/** Name of the inline policy that lets Lambda make network interfaces; one per role, whatever its functions. */
export const INLINE_POLICY_NAME = 'vpc-lambda-action-network-interfaces';

/** Characters, white space not counted, of all inline policies of a role together (IAM User Guide, "IAM and AWS STS quotas"). */
export const INLINE_POLICY_QUOTA = 10_240;

/** Managed policies attached to one role: IAM's default, which an account can raise to 20 (domain.md row 7). */
export const ATTACHED_POLICY_QUOTA = 10;

/** A policy document as IAM takes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

/** How much of a quota is in use with a change made. */
export interface QuotaUse {
  readonly used: number;
  readonly quota: number;
  readonly fits: boolean;
}

/**
 * The least that Lambda needs on an execution role to connect a function. Reads work on `*` only, and a scoped
 * DeleteNetworkInterface can break the function (Lambda Developer Guide; domain.md row 3), so the resource is `*`.
 */
export function networkInterfacePolicy(): PolicyDocument {
  return document({
    Sid: 'ManageNetworkInterfaces',
    Effect: 'Allow',
    Action: [...NETWORK_INTERFACE_ACTIONS],
    Resource: '*',
  });
}

/** What the names of all {@link denialPolicyName} begin with. */
export const DENIAL_POLICY_PREFIX = 'vpc-lambda-action-deny-';

/**
 * Name of the inline policy that keeps one function's code from managing network interfaces. A role is of all regions,
 * and in each of them a function may have this name.
 */
export function denialPolicyName(functionName: string, region: string): string {
  // A function's name holds letters, digits, - and _ and at most 64 of them; IAM allows 128 of these.
  return `${DENIAL_POLICY_PREFIX}${region}-${functionName}`;
}

/**
 * Keeps the function's own code from using what {@link networkInterfacePolicy} grants to Lambda. The condition key is
 * set on credentials inside the function only, as the ARN without version or alias, so Lambda's calls still pass
 * (Lambda Developer Guide, "Using source function ARN"; domain.md §2.5).
 */
export function denialPolicy(functionArn: string): PolicyDocument {
  const unqualified = functionArn.split(':').slice(0, 7).join(':');
  return document({
    Sid: 'CodeMustNotManageNetworkInterfaces',
    Effect: 'Deny',
    Action: [...NETWORK_INTERFACE_ACTIONS, 'ec2:DetachNetworkInterface'].sort(),
    Resource: '*',
    Condition: { ArnEquals: { 'lambda:SourceFunctionArn': [unqualified] } },
  });
}

function document(statement: PolicyDocument['Statement'][number]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [statement] };
}

/** Characters of a document as IAM counts them, without white space; text as IAM answers it is decoded first. */
export function policySize(text: string): number {
  return (decodeDocument(text) ?? text).replace(/\s/g, '').length;
}

/**
 * Whether inline policies fit on a role: `present` are the documents by name, as IAM answers them, `added` those to
 * be put, which replace the ones of the same name.
 */
export function inlineQuota(
  present: ReadonlyMap<string, string>,
  added: ReadonlyMap<string, string>,
): QuotaUse {
  const after = new Map([...present, ...added]);
  const used = [...after.values()].reduce((sum, text) => sum + policySize(text), 0);
  return { used, quota: INLINE_POLICY_QUOTA, fits: used <= INLINE_POLICY_QUOTA };
}

/** Whether one more managed policy can be attached. An account may have raised the quota, which `quota` then says. */
export function attachedQuota(attached: number, quota: number = ATTACHED_POLICY_QUOTA): QuotaUse {
  const used = attached + 1;
  return { used, quota, fits: used <= quota };
}
