import type { Aws } from '../aws/call.js';
import { classify } from '../aws/errors.js';
import { NETWORK_INTERFACE_ACTIONS } from '../iam/network-interfaces.js';
import type { AttachedPolicy, PolicyText, RoleDetails, SimulatedAction } from '../model/role.js';
import { isOfAws } from './aws-policies.js';

/** Reads a role itself. */
export async function readRoleDetails(aws: Aws, roleName: string): Promise<RoleDetails> {
  const { Role } = await aws.send('iam:GetRole', { RoleName: roleName });
  return {
    trust: Role?.AssumeRolePolicyDocument ?? '',
    boundaryArn: Role?.PermissionsBoundary?.PermissionsBoundaryArn || undefined,
  };
}

/** Reads the names of a role's inline policies. */
export async function readInlineNames(aws: Aws, roleName: string): Promise<string[]> {
  const pages = await aws.pages('iam:ListRolePolicies', { RoleName: roleName });
  return pages.flatMap((page) => page.PolicyNames ?? []).sort();
}

/** Reads one inline policy of a role. Throws AWS's error where it does not exist. */
export async function readInlinePolicy(aws: Aws, roleName: string, name: string): Promise<PolicyText> {
  const answer = await aws.send('iam:GetRolePolicy', { RoleName: roleName, PolicyName: name });
  return { name, source: 'inline', text: answer.PolicyDocument ?? '' };
}

async function textOrNothing(aws: Aws, roleName: string, name: string): Promise<string | undefined> {
  try {
    return (await readInlinePolicy(aws, roleName, name)).text;
  } catch (error) {
    if (classify(error, 'iam:GetRolePolicy', roleName).kind === 'not-found') return undefined;
    throw error;
  }
}

/** Reads inline policies of a role by their names; undefined for one that is not there. */
export async function readInlineTexts(
  aws: Aws,
  roleName: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | undefined>> {
  const texts = await Promise.all(
    names.map(async (name) => [name, await textOrNothing(aws, roleName, name)] as const),
  );
  return new Map(texts);
}

/** Reads the document of a managed policy: that of its default version. */
export async function readManagedPolicy(aws: Aws, { name, arn }: AttachedPolicy): Promise<PolicyText> {
  const { Policy } = await aws.send('iam:GetPolicy', { PolicyArn: arn });
  const answer = await aws.send('iam:GetPolicyVersion', {
    PolicyArn: arn,
    VersionId: Policy?.DefaultVersionId ?? 'v1',
  });
  return { name, source: isOfAws({ arn }) ? 'aws' : 'account', text: answer.PolicyVersion?.Document ?? '' };
}

/** Reads how many managed policies the account lets a role have; undefined where AWS does not say. */
export async function readAttachedQuota(aws: Aws): Promise<number | undefined> {
  const { SummaryMap } = await aws.send('iam:GetAccountSummary', {});
  return SummaryMap?.AttachedPoliciesPerRoleQuota;
}

const DECISIONS = ['allowed', 'explicitDeny', 'implicitDeny'] as const;

/**
 * Asks IAM's policy simulator for the actions with which Lambda manages network interfaces, on any resource. It
 * honours permissions boundaries, and tells of service control policies where it knows them (IAM API reference,
 * SimulatePrincipalPolicy; domain.md row 2).
 */
export async function simulateAccess(aws: Aws, roleArn: string): Promise<SimulatedAction[]> {
  const inRegion = (ContextKeyName: string) => ({
    ContextKeyName,
    ContextKeyType: 'string' as const,
    ContextKeyValues: [aws.region],
  });
  const pages = await aws.pages('iam:SimulatePrincipalPolicy', {
    PolicySourceArn: roleArn,
    ActionNames: [...NETWORK_INTERFACE_ACTIONS],
    ContextEntries: [inRegion('aws:RequestedRegion'), inRegion('ec2:Region')],
  });
  return pages
    .flatMap((page) => page.EvaluationResults ?? [])
    .map((result) => {
      const refusers: [SimulatedAction['refusedBy'][number], boolean | undefined][] = [
        ['boundary', result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary],
        ['organization', result.OrganizationsDecisionDetail?.AllowedByOrganizations],
      ];
      return {
        action: result.EvalActionName ?? '',
        decision: DECISIONS.find((word) => word === result.EvalDecision) ?? 'implicitDeny',
        refusedBy: refusers.filter(([, allowed]) => allowed === false).map(([who]) => who),
        // Lambda's own requests lack it, so what is denied on it does not count.
        missingKeys: (result.MissingContextValues ?? []).filter(
          (key) => key.toLowerCase() !== 'lambda:sourcefunctionarn',
        ),
      };
    });
}
