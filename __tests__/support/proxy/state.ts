import type {
  ManagedPrefixList,
  NatGateway,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { type AwsClients, awsClients } from '../aws-clients.js';

/** Reads of what moto stores, past the proxy: neither counted nor translated. Absent things are just not in the list. */
export interface AwsState {
  /** For what must be changed in moto itself. */
  readonly clients: AwsClients;
  vpcExists(id: string): Promise<boolean>;
  /** True where both DNS attributes, support and host names, are on. */
  vpcResolvesPrivateNames(id: string): Promise<boolean>;
  subnets(ids: readonly string[]): Promise<Subnet[]>;
  securityGroups(ids: readonly string[]): Promise<SecurityGroup[]>;
  securityGroupsOfVpc(vpcId: string): Promise<SecurityGroup[]>;
  securityGroupRules(groupId: string): Promise<SecurityGroupRule[]>;
  /** Deleted endpoints are left out. */
  endpoints(): Promise<VpcEndpoint[]>;
  /** Deleted endpoints are there, with the state `deleted`. */
  everyEndpoint(): Promise<VpcEndpoint[]>;
  routeTables(ids: readonly string[]): Promise<RouteTable[]>;
  networkInterfaces(): Promise<NetworkInterface[]>;
  /** Ids of the interfaces of NAT gateways that are not deleted, each with its gateway. */
  natInterfaces(): Promise<ReadonlyMap<string, string>>;
  managedPrefixLists(): Promise<ManagedPrefixList[]>;
  function(name: string): Promise<FunctionConfiguration | undefined>;
  functions(): Promise<FunctionConfiguration[]>;
  /** ARNs of the managed policies attached to a role. */
  attachedPolicies(roleName: string): Promise<string[]>;
  /** Every policy document of a role, managed and inline. */
  policyDocuments(roleName: string): Promise<string[]>;
  /** The document of a role's permissions boundary. */
  boundaryDocument(roleName: string): Promise<string | undefined>;
  /** The trust policy of a role. */
  trustDocument(roleName: string): Promise<string>;
}

/** The state of one region of moto. */
export function awsState(motoUrl: string, region: string): AwsState {
  const clients = awsClients({ endpoint: motoUrl, region });
  const { ec2, lambda } = clients;
  const filter = (name: string, values: readonly string[]) => ({
    Filters: [{ Name: name, Values: [...values] }],
  });
  return {
    clients,
    vpcExists: async (id) => ((await ec2.describeVpcs(filter('vpc-id', [id]))).Vpcs ?? []).length > 0,
    vpcResolvesPrivateNames: async (VpcId) => {
      const support = await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsSupport' });
      const names = await ec2.describeVpcAttribute({ VpcId, Attribute: 'enableDnsHostnames' });
      return support.EnableDnsSupport?.Value === true && names.EnableDnsHostnames?.Value === true;
    },
    subnets: async (ids) =>
      ids.length === 0 ? [] : ((await ec2.describeSubnets(filter('subnet-id', ids))).Subnets ?? []),
    securityGroups: async (ids) =>
      ids.length === 0
        ? []
        : ((await ec2.describeSecurityGroups(filter('group-id', ids))).SecurityGroups ?? []),
    securityGroupsOfVpc: async (id) =>
      (await ec2.describeSecurityGroups(filter('vpc-id', [id]))).SecurityGroups ?? [],
    securityGroupRules: async (id) =>
      (await ec2.describeSecurityGroupRules(filter('group-id', [id]))).SecurityGroupRules ?? [],
    everyEndpoint: async () => (await ec2.describeVpcEndpoints({})).VpcEndpoints ?? [],
    endpoints: async () =>
      ((await ec2.describeVpcEndpoints({})).VpcEndpoints ?? []).filter(
        ({ State }) => String(State) !== 'deleted',
      ),
    routeTables: async (ids) =>
      (await ec2.describeRouteTables(filter('route-table-id', ids))).RouteTables ?? [],
    networkInterfaces: async () => (await ec2.describeNetworkInterfaces({})).NetworkInterfaces ?? [],
    natInterfaces: async () => natInterfacesOf((await ec2.describeNatGateways({})).NatGateways ?? []),
    managedPrefixLists: async () => (await ec2.describeManagedPrefixLists({})).PrefixLists ?? [],
    function: async (name) =>
      (await lambda.listFunctions({})).Functions?.find((one) => one.FunctionName === name),
    functions: async () => (await lambda.listFunctions({})).Functions ?? [],
    ...rolePolicies(clients),
  };
}

function natInterfacesOf(gateways: readonly NatGateway[]): Map<string, string> {
  const living = gateways.filter(({ State }) => State !== 'deleted');
  return new Map(
    living.flatMap(({ NatGatewayId = '', NatGatewayAddresses = [] }) =>
      NatGatewayAddresses.map(({ NetworkInterfaceId = '' }) => [NetworkInterfaceId, NatGatewayId] as const),
    ),
  );
}

function rolePolicies({
  iam,
}: AwsClients): Pick<
  AwsState,
  'attachedPolicies' | 'policyDocuments' | 'boundaryDocument' | 'trustDocument'
> {
  const attachedPolicies = async (RoleName: string): Promise<string[]> => {
    const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName });
    return (AttachedPolicies ?? []).map(({ PolicyArn }) => PolicyArn ?? '');
  };
  const managed = async (PolicyArn: string): Promise<string> => {
    const { Policy } = await iam.getPolicy({ PolicyArn });
    const version = await iam.getPolicyVersion({ PolicyArn, VersionId: Policy?.DefaultVersionId ?? 'v1' });
    return decodeURIComponent(version.PolicyVersion?.Document ?? '{}');
  };
  const inline = async (RoleName: string, PolicyName: string): Promise<string> =>
    decodeURIComponent((await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument ?? '{}');
  return {
    attachedPolicies,
    boundaryDocument: async (RoleName) => {
      const { Role } = await iam.getRole({ RoleName });
      const arn = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
      return arn === undefined ? undefined : managed(arn);
    },
    trustDocument: async (RoleName) => {
      const { Role } = await iam.getRole({ RoleName });
      return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}');
    },
    policyDocuments: async (roleName) => {
      const names = (await iam.listRolePolicies({ RoleName: roleName })).PolicyNames ?? [];
      const arns = await attachedPolicies(roleName);
      return Promise.all([...arns.map(managed), ...names.map((name) => inline(roleName, name))]);
    },
  };
}

/** The same state, where each question is asked once: for a moment in which nothing changes. */
export function momentOf(state: AwsState): AwsState {
  const answers = new Map<string, unknown>();
  const once = <Q extends readonly unknown[], A>(name: string, ask: (...question: Q) => Promise<A>) => {
    return (...question: Q): Promise<A> => {
      const key = `${name} ${JSON.stringify(question)}`;
      const answer = (answers.get(key) as Promise<A> | undefined) ?? ask(...question);
      answers.set(key, answer);
      return answer;
    };
  };
  return {
    ...state,
    vpcExists: once('vpc', state.vpcExists),
    subnets: once('subnets', state.subnets),
    securityGroups: once('groups', state.securityGroups),
    securityGroupRules: once('rules', state.securityGroupRules),
    endpoints: once('endpoints', state.endpoints),
    everyEndpoint: once('every endpoint', state.everyEndpoint),
    routeTables: once('route tables', state.routeTables),
    managedPrefixLists: once('prefix lists', state.managedPrefixLists),
    function: once('function', state.function),
  };
}
