import type { Reading } from './reading.js';

/** A managed policy attached to a role. */
export interface AttachedPolicy {
  readonly name: string;
  readonly arn: string;
}

/** Who wrote a policy: AWS, the account as a managed policy, or the account inside the role. */
export type PolicySource = 'aws' | 'account' | 'inline';

/** A policy of a role with its document as IAM answers it, percent-encoded or not. */
export interface PolicyText {
  readonly name: string;
  readonly source: PolicySource;
  readonly text: string;
}

/** What IAM says of a role itself. */
export interface RoleDetails {
  /** The trust policy as IAM answers it. */
  readonly trust: string;
  readonly boundaryArn: string | undefined;
}

/** IAM's own judgement of an action for a role, from its policy simulator. */
export interface SimulatedAction {
  readonly action: string;
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** Whether the permissions boundary, or a policy of the organization, is among what refuses it. */
  readonly refusedBy: readonly ('boundary' | 'organization')[];
  /** Condition keys that a policy asks for and the simulator was not told. */
  readonly missingKeys: readonly string[];
}

/** What is read of an execution role beside its attached policies. An undefined one was not due. */
export interface RoleFacts {
  /** Texts of the inline policies that this action makes, by name; undefined for one that is not there. */
  readonly own: Reading<ReadonlyMap<string, string | undefined>> | undefined;
  readonly details: Reading<RoleDetails> | undefined;
  readonly simulated: Reading<readonly SimulatedAction[]> | undefined;
  readonly inlineNames: Reading<readonly string[]> | undefined;
  /** Inline and attached policies; those of AWS's whose meaning is known by their name are left out. */
  readonly documents: Reading<readonly PolicyText[]> | undefined;
  /** Those of them that could be read, where not all could. */
  readonly documentsRead: readonly PolicyText[] | undefined;
  /** The permissions boundary; undefined also where the role has none. */
  readonly boundary: Reading<PolicyText> | undefined;
  /** How many managed policies a role of the account may have. */
  readonly attachedQuota: Reading<number> | undefined;
}

/** A function of the account, whatever it has to do with the run, and its execution role. */
export interface RoleUser {
  readonly name: string;
  readonly roleArn: string;
}
