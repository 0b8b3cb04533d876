import type { RequestContext } from './conditions.js';
import type { ParsedPolicy } from './document.js';
import { type Boundary, type Evidence, evaluate, type Verdict } from './evaluate.js';

/**
 * What Lambda does with the execution role to connect a function (Lambda Developer Guide, "Giving Lambda functions
 * access to resources in an Amazon VPC", required IAM permissions). The same as AWSLambdaVPCAccessExecutionRole
 * grants beside its logs actions (domain.md §2.4).
 */
export const NETWORK_INTERFACE_ACTIONS = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
] as const;

/**
 * Listed by the guide, and absent from AWS's own AWSLambdaENIManagementAccess: a role without it is told so, and
 * not treated as one that cannot connect.
 */
const ADVISED: ReadonlySet<string> = new Set(['ec2:DescribeSubnets']);

/** Where the network interfaces will be. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** The subnets the function will be in; empty stands for any subnet. */
  readonly subnetIds: readonly string[];
  /** The groups it will wear, as far as they exist; empty stands for any group. */
  readonly groupIds: readonly string[];
}

/** One action that is not plainly allowed. */
export interface Obstacle {
  readonly action: string;
  readonly verdict: Exclude<Verdict, { readonly verdict: 'allowed' }>;
}

/** Whether the policies of a role let Lambda manage network interfaces. */
export interface NetworkInterfaceAccess {
  /** The worst of the required actions, in the order `denied`, `not-allowed`, `unknown`, `allowed`. */
  readonly verdict: Verdict['verdict'];
  /** The statements that allow it. */
  readonly by: readonly Evidence[];
  /** Required actions that are not plainly allowed, sorted. */
  readonly obstacles: readonly Obstacle[];
  /** Actions that AWS advises and the role lacks; they do not decide the verdict. */
  readonly advised: readonly string[];
}

const WORST_FIRST = ['denied', 'not-allowed', 'unknown'] as const;

/**
 * Judges whether Lambda can manage network interfaces with a role that has these policies (domain.md rows 2 and 3).
 * Requests of Lambda's own carry no `lambda:SourceFunctionArn` (Lambda Developer Guide, "Using source function ARN"),
 * so the deny that protects the function's code from using these actions does not count against them.
 */
export function networkInterfaceAccess(
  policies: readonly ParsedPolicy[],
  boundary: Boundary,
  place: Place,
): NetworkInterfaceAccess {
  const judged = NETWORK_INTERFACE_ACTIONS.map((action) => ({
    action,
    verdicts: resourcesOf(action, place).map((resource) =>
      evaluate(policies, boundary, { action, resource, context: contextOf(place) }),
    ),
  }));
  const obstacles = judged.flatMap(({ action, verdicts }) => {
    const verdict = worstOf(verdicts);
    return verdict === undefined ? [] : [{ action, verdict }];
  });
  const required = obstacles.filter(({ action }) => !ADVISED.has(action));
  return {
    verdict: worstOf(required.map(({ verdict }) => verdict))?.verdict ?? 'allowed',
    by: distinct(judged.flatMap(({ verdicts }) => verdicts.flatMap(allowedBy))),
    obstacles: required,
    advised: obstacles.filter(({ action }) => ADVISED.has(action)).map(({ action }) => action),
  };
}

function worstOf(verdicts: readonly Verdict[]): Obstacle['verdict'] | undefined {
  for (const word of WORST_FIRST) {
    const found = verdicts.find((one): one is Obstacle['verdict'] => one.verdict === word);
    if (found !== undefined) return found;
  }
  return undefined;
}

function allowedBy(verdict: Verdict): readonly Evidence[] {
  return verdict.verdict === 'allowed' ? verdict.by : [];
}

function distinct(evidence: readonly Evidence[]): Evidence[] {
  return [...new Map(evidence.map((one) => [JSON.stringify(one), one])).values()];
}

function contextOf({ region, accountId }: Place): RequestContext {
  return new Map([
    ['aws:requestedregion', region],
    ['ec2:region', region],
    ['aws:principalaccount', accountId],
    ['lambda:sourcefunctionarn', null],
  ]);
}

/**
 * The resources each action is checked on (Service Authorization Reference, Amazon EC2). Reads know none. An id
 * that no policy can know stands for the interface that does not exist yet.
 */
function resourcesOf(action: string, place: Place): string[] {
  if (action.startsWith('ec2:Describe')) return ['*'];
  const arn = (type: string, id: string) =>
    `arn:${place.partition}:ec2:${place.region}:${place.accountId}:${type}/${id}`;
  const made = arn('network-interface', 'eni-00000000000000000');
  if (action !== 'ec2:CreateNetworkInterface') return [made];
  const subnets = place.subnetIds.length > 0 ? place.subnetIds : ['subnet-00000000000000000'];
  const groups = place.groupIds.length > 0 ? place.groupIds : ['sg-00000000000000000'];
  return [made, ...subnets.map((id) => arn('subnet', id)), ...groups.map((id) => arn('security-group', id))];
}
