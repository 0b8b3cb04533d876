import { runAction, type StepOptions, type StepResult } from '../support/run-action.js';
import type { TestBed } from '../support/test-bed.js';
import { buildCaseStudy, type CaseStudy } from '../support/worlds/case-study.js';

/** Inputs of the case study's workflow step. */
export const caseInputs = {
  'function-name': 'app-7',
  'aws-region': 'us-east-2',
  'allowed-account-ids': '123456789012',
  subnets: 'tag:Tier=private',
  endpoints: 'logs\nssm',
};

/** Runs one step of the case study through the proxy; calls are counted from 0. */
export async function step(
  bed: TestBed,
  inputs: Readonly<Record<string, string>> = caseInputs,
  options: Partial<StepOptions> = {},
): Promise<StepResult> {
  bed.proxy.forgetCalls();
  return runAction({ inputs, endpoint: bed.proxy.url, timeout: 180_000, ...options });
}

/** The case study's world on an emptied emulator. */
export async function caseWorld(bed: TestBed, environment: Record<string, string> = {}): Promise<CaseStudy> {
  return buildCaseStudy(bed.direct, { proxy: bed.proxy, environment });
}

/** What is wrong with the finished network of the case study; nothing when all of it is as published. */
export async function caseStudyFaults(bed: TestBed, world: CaseStudy): Promise<string[]> {
  const { ec2, lambda, iam } = bed.direct;
  const inVpc = { Filters: [{ Name: 'vpc-id', Values: [world.vpcId] }] };
  const [groups, endpoints, fn, role] = await Promise.all([
    ec2.describeSecurityGroups(inVpc),
    ec2.describeVpcEndpoints(inVpc),
    lambda.getFunctionConfiguration({ FunctionName: world.functionName }),
    iam.listAttachedRolePolicies({ RoleName: world.roleName }),
  ]);
  const own = groups.SecurityGroups?.find((group) => group.GroupName === `${world.functionName}-lambda`);
  const shared = groups.SecurityGroups?.find((group) => group.GroupName === 'vpc-lambda-action-endpoints');
  const egress = own?.IpPermissionsEgress ?? [];
  const ingress = shared?.IpPermissions ?? [];
  const subnets = [...world.subnetIds].sort().join();
  const services = (endpoints.VpcEndpoints ?? [])
    .map((endpoint) => endpoint.ServiceName?.split('.').pop())
    .sort();
  const faults: [string, boolean][] = [
    [
      'the function is not in the three subnets',
      [...(fn.VpcConfig?.SubnetIds ?? [])].sort().join() === subnets,
    ],
    ['the function does not wear exactly its group', fn.VpcConfig?.SecurityGroupIds?.join() === own?.GroupId],
    ['the group has not exactly one outbound rule', egress.length === 1],
    ['the group lets something in', own?.IpPermissions?.length === 0],
    [
      'the outbound rule is not TCP 443 to the endpoints',
      egress[0]?.IpProtocol === 'tcp' &&
        egress[0].FromPort === 443 &&
        egress[0].ToPort === 443 &&
        egress[0].UserIdGroupPairs?.[0]?.GroupId === shared?.GroupId,
    ],
    [
      'the endpoints do not admit exactly TCP 443 from the VPC',
      ingress.length === 1 &&
        ingress[0]?.IpProtocol === 'tcp' &&
        ingress[0].FromPort === 443 &&
        ingress[0].IpRanges?.map((range) => range.CidrIp).join() === '12.25.15.0/25',
    ],
    ['the endpoints are not logs and ssm, once each', services.join() === 'logs,ssm'],
    [
      'an endpoint is of the wrong type, place, group or name',
      (endpoints.VpcEndpoints ?? []).every(
        (endpoint) =>
          endpoint.VpcEndpointType === 'Interface' &&
          endpoint.PrivateDnsEnabled === true &&
          [...(endpoint.SubnetIds ?? [])].sort().join() === subnets &&
          endpoint.Groups?.map((group) => group.GroupId).join() === shared?.GroupId,
      ),
    ],
    [
      'the policy is not attached',
      role.AttachedPolicies?.map((policy) => policy.PolicyArn).join() ===
        'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
    ],
  ];
  return faults.filter(([, holds]) => !holds).map(([fault]) => fault);
}
