import type { AwsClients } from '../aws-clients.js';
import type { FaultProxy } from '../proxy/index.js';
import { addFunction, addRole, addRouteTable, addSubnet, addVpc } from './world.js';

/** The ids of the case study's world. */
export interface CaseStudy {
  readonly vpcId: string;
  /** In the order of their zones, us-east-2a first. */
  readonly subnetIds: readonly string[];
  readonly routeTableId: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly functionName: string;
  readonly functionArn: string;
}

/** What may differ from the published case study. */
export interface CaseStudyOptions {
  readonly name?: string;
  readonly cidr?: string;
  readonly subnetCidrs?: readonly string[];
  /** Environment variables of the function: secrets that must never leave the action. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Receives the members of the function's configuration that moto does not keep. */
  readonly proxy?: FaultProxy;
  /** Zones without their region; one subnet each. */
  readonly region?: string;
}

const account = '123456789012';

/** What the function's own policy allows: its code reads a parameter and writes its log; Lambda does the rest. */
const functionActions = [
  'ssm:GetParameter',
  'ssm:GetParameters',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'sqs:SendMessage',
  'sqs:GetQueueAttributes',
  'kms:Decrypt',
];

/**
 * What the published job starts from: a VPC of a public range without internet, three private subnets that share a
 * route table, and a function outside the VPC whose role has no VPC permissions.
 */
export async function buildCaseStudy(
  clients: AwsClients,
  options: CaseStudyOptions = {},
): Promise<CaseStudy> {
  const name = options.name ?? 'app-7';
  const region = options.region ?? 'us-east-2';
  const vpcId = await addVpc(clients, { cidr: options.cidr ?? '12.25.15.0/25', name });
  const routeTableId = await addRouteTable(clients, { vpcId, name: `${name}-private` });
  const subnetIds: string[] = [];
  for (const [index, cidr] of (options.subnetCidrs ?? defaultSubnets).entries()) {
    const tags = { Name: `${name}-private-${index + 1}`, Tier: 'private' };
    const zone = `${region}${'abc'[index % 3]}`;
    subnetIds.push(await addSubnet(clients, { vpcId, cidr, zone, tags, routeTableId }));
  }
  const roleName = `${name}-lambda-role`;
  const roleArn = await addRole(clients, { name: roleName, actions: functionActions });
  const keyArn = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const functionArn = await addFunction(clients, {
    name,
    roleArn,
    more: {
      Runtime: 'python3.8',
      KMSKeyArn: keyArn,
      Environment: { Variables: { parameter_name: `/${name}/parameter`, ...options.environment } },
    },
  });
  await clients.lambda.putFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: 5 });
  options.proxy?.keepFunctionMembers(name, membersNotKept(name, region), region);
  return { vpcId, subnetIds, routeTableId, roleName, roleArn, functionName: name, functionArn };
}

const defaultSubnets = ['12.25.15.0/27', '12.25.15.32/27', '12.25.15.64/27'];

function membersNotKept(name: string, region: string) {
  return {
    DeadLetterConfig: { TargetArn: `arn:aws:sqs:${region}:${account}:${name}-dlq` },
    LoggingConfig: { LogFormat: 'JSON', LogGroup: `/aws/lambda/${name}` },
  };
}
