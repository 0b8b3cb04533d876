import { awsManagedPolicyArn, parseArn } from '../aws/partitions.js';
import { type ParsedPolicy, parsePolicy } from '../iam/document.js';
import type { Boundary } from '../iam/evaluate.js';
import {
  DENIAL_POLICY_PREFIX,
  denialPolicy,
  denialPolicyName,
  INLINE_POLICY_NAME,
  networkInterfacePolicy,
  type PolicyDocument,
} from '../iam/inline-policy.js';
import type { Desired } from '../model/desired.js';
import type { LambdaFunction, Observed } from '../model/observed.js';
import type { PolicyText } from '../model/role.js';
import { textsByName } from '../resources/aws-policies.js';
import { VPC_ACCESS_POLICY } from '../resources/execution-role.js';

/** ARN of the policy that `managed` attaches, in the partition of the role. */
export function vpcAccessPolicyArn({ roleArn }: Pick<LambdaFunction, 'roleArn'>): string {
  return awsManagedPolicyArn(roleArn, VPC_ACCESS_POLICY);
}

const parsed = ({ name, source, text }: PolicyText): ParsedPolicy => parsePolicy(name, source, text);

/** The policies of the execution role, as far as their documents were read; undefined where they were not, or not all. */
export function rolePolicies({
  role,
  policies,
}: Pick<Observed, 'role' | 'policies'>): ParsedPolicy[] | undefined {
  if (role?.documents?.ok !== true || policies?.ok !== true) return undefined;
  return [...role.documents.value, ...textsByName(policies.value)].map(parsed);
}

/** The permissions boundary of the execution role, as far as it was looked at. */
export function roleBoundary({ role }: Pick<Observed, 'role'>): Boundary {
  // Where nobody asked, nothing is told of it.
  if (role?.details === undefined) return undefined;
  if (role.details.ok && role.details.value.boundaryArn === undefined) return undefined;
  return role.boundary?.ok === true ? parsed(role.boundary.value) : 'unread';
}

/** An inline policy that this action makes. */
export interface OwnPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** The denial that `harden-role` asks for. */
export function denialOf({ name, arn }: Pick<LambdaFunction, 'name' | 'arn'>): OwnPolicy {
  return { name: denialPolicyName(name, parseArn(arn).region), document: denialPolicy(arn) };
}

/** The grant that `iam-policy: inline` asks for. */
export const GRANT: OwnPolicy = { name: INLINE_POLICY_NAME, document: networkInterfacePolicy() };

/** Whether an inline policy has a name that this action gives. */
export function isOwnPolicyName(name: string): boolean {
  return name === INLINE_POLICY_NAME || name.startsWith(DENIAL_POLICY_PREFIX);
}

/** The inline policies of ours that the inputs ask for on the role of these functions. */
export function ownPolicies(
  desired: Pick<Desired, 'iamPolicy' | 'hardenRole'>,
  lambdas: readonly Pick<LambdaFunction, 'name' | 'arn'>[],
): OwnPolicy[] {
  return [
    ...(desired.iamPolicy === 'inline' ? [GRANT] : []),
    ...(desired.hardenRole ? lambdas.map(denialOf) : []),
  ];
}

/** Whether the text that IAM answers is that of one of our policies, whatever its white space and its order of keys. */
export function isSamePolicy(text: string, { name, document }: OwnPolicy): boolean {
  const found = parsePolicy(name, 'inline', text);
  const wanted = parsePolicy(name, 'inline', JSON.stringify(document));
  return found.readable && JSON.stringify(found) === JSON.stringify(wanted);
}

/** Whether the inputs may put a policy on the execution role. */
export function putsPolicies({ iamPolicy, hardenRole }: Pick<Desired, 'iamPolicy' | 'hardenRole'>): boolean {
  return iamPolicy === 'managed' || iamPolicy === 'inline' || hardenRole;
}

/** Address of the change that gives a role the network interfaces. */
export function roleChangeId(roleName: string): string {
  return `execution-role/${roleName}`;
}

/** What the addresses of all denials of a role begin with. */
export function denialsOf(roleName: string): string {
  return `${roleChangeId(roleName)}/deny/`;
}

/** Address of the change that keeps a function's code from them. */
export function denialChangeId(roleName: string, functionName: string): string {
  return `${denialsOf(roleName)}${functionName}`;
}
