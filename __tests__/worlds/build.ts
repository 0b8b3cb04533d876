import type { AwsClients } from '../support/aws-clients.js';
import type { FaultProxy } from '../support/proxy/index.js';
import { addFunction, addRole, given } from '../support/worlds/world.js';
import { addLateInterfaces, fillSubnets, type Site } from './build-interfaces.js';
import { buildVpc } from './build-vpc.js';
import type { Draft, FunctionDraft, RoleDraft } from './draft.js';
import { region } from './inputs.js';

const VPC_ACCESS = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';

/** A world that stands in the emulator. */
export interface Built {
  /** The id of a part. */
  readonly idOf: (key: string) => string;
  /** A text with ids in place of the keys in braces. */
  readonly resolve: (text: string) => string;
}

const document = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

async function addPolicy({ iam }: AwsClients, PolicyName: string): Promise<string> {
  const PolicyDocument = document({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' });
  const { Policy } = await iam.createPolicy({ PolicyName, PolicyDocument });
  return given(Policy?.Arn);
}

async function refuse(clients: AwsClients, { key, refuses }: RoleDraft): Promise<void> {
  if (refuses === 'statement') {
    const PolicyDocument = document({ Effect: 'Deny', Action: 'ec2:*NetworkInterface', Resource: '*' });
    await clients.iam.putRolePolicy({ RoleName: key, PolicyName: 'guard', PolicyDocument });
  }
  if (refuses === 'boundary') {
    const PermissionsBoundary = await addPolicy(clients, `${key}-boundary`);
    await clients.iam.putRolePermissionsBoundary({ RoleName: key, PermissionsBoundary });
  }
}

async function buildRole(clients: AwsClients, role: RoleDraft): Promise<string> {
  const { key, path, attached, policies, trusts } = role;
  const managedPolicies = attached ? [VPC_ACCESS] : [];
  for (let count = 1; count <= policies; count += 1) {
    managedPolicies.push(await addPolicy(clients, `${key}-${count}`));
  }
  const actions = ['logs:PutLogEvents'];
  const arn = await addRole(clients, { name: key, path, trusts, actions, managedPolicies });
  await refuse(clients, role);
  return arn;
}

async function buildFunction(site: Site, proxy: FaultProxy, fn: FunctionDraft): Promise<void> {
  const { name, role, today, members } = fn;
  const ids = (keys: readonly string[]): string[] => keys.map((key) => site.idOf(key));
  const vpcConfig = today && { SubnetIds: ids(today.subnets), SecurityGroupIds: ids(today.groups) };
  await addFunction(site.clients, { name, roleArn: site.idOf(role), ...(vpcConfig && { vpcConfig }) });
  if (Object.keys(members).length > 0) proxy.keepFunctionMembers(name, members, region);
}

/** Builds a world in an emptied emulator; `through` sees what the action sees. */
export async function buildWorld(
  draft: Draft,
  { direct, through, proxy }: { direct: AwsClients; through: AwsClients; proxy: FaultProxy },
): Promise<Built> {
  const ids = new Map<string, string>();
  const idOf = (key: string): string => given(ids.get(key));
  const site: Site = { clients: direct, ids, idOf, proxy };
  for (const vpc of draft.other ? [draft.vpc, draft.other] : [draft.vpc]) await buildVpc(site, vpc);
  for (const role of draft.roles) ids.set(role.key, await buildRole(direct, role));
  for (const fn of [...draft.functions, ...draft.neighbours]) await buildFunction(site, proxy, fn);
  await addLateInterfaces(site, draft.vpc);
  // Makes the interfaces of endpoints and functions, which take addresses.
  await through.ec2.describeNetworkInterfaces({});
  await fillSubnets(site, draft.vpc);
  const resolve = (text: string): string => text.replace(/\{([\w-]+)\}/g, (_, key: string) => idOf(key));
  return { idOf, resolve };
}
