import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeDhcpOptionsCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  GetManagedPrefixListEntriesCommand,
  ModifyVpcEndpointCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import {
  AttachRolePolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  GetFunctionConfigurationCommand,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListProvisionedConcurrencyConfigsCommand,
  ListTagsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { GetProductsCommand } from '@aws-sdk/client-pricing';
import { ListHostedZonesByVPCCommand } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Action, Input } from './call.js';

/** How a list operation asks for its next page: the output's token goes into the input's. */
interface Paging {
  readonly input: string;
  readonly output: string;
  /** The largest page AWS serves, sent as `MaxResults`, `MaxItems`. */
  readonly size?: Readonly<Record<string, number>>;
}

/** One row of the operations table. */
export interface Operation<A extends Action> {
  readonly command: new (input: Input<A>) => object;
  readonly paging?: Paging;
  /** True for what is only good to know: it is not tried again, whatever happens. */
  readonly once?: true;
}

const ec2Pages = (MaxResults: number): Paging => ({
  input: 'NextToken',
  output: 'NextToken',
  size: { MaxResults },
});
const markerPages: Paging = { input: 'Marker', output: 'NextMarker' };
const iamPages: Paging = { input: 'Marker', output: 'Marker' };

/**
 * Every AWS operation the action can call: IAM action name → SDK command.
 * Page sizes are the maxima of the EC2 API reference for each operation.
 */
export const operations: { readonly [A in Action]: Operation<A> } = {
  'ec2:AuthorizeSecurityGroupEgress': { command: AuthorizeSecurityGroupEgressCommand },
  'ec2:AuthorizeSecurityGroupIngress': { command: AuthorizeSecurityGroupIngressCommand },
  'ec2:CreateSecurityGroup': { command: CreateSecurityGroupCommand },
  'ec2:CreateTags': { command: CreateTagsCommand },
  'ec2:CreateVpcEndpoint': { command: CreateVpcEndpointCommand },
  'ec2:DeleteVpcEndpoints': { command: DeleteVpcEndpointsCommand },
  'ec2:DescribeDhcpOptions': { command: DescribeDhcpOptionsCommand },
  'ec2:DescribeManagedPrefixLists': { command: DescribeManagedPrefixListsCommand, paging: ec2Pages(100) },
  'ec2:DescribeNatGateways': { command: DescribeNatGatewaysCommand, paging: ec2Pages(1000) },
  'ec2:DescribeNetworkAcls': { command: DescribeNetworkAclsCommand, paging: ec2Pages(1000) },
  'ec2:DescribeNetworkInterfaces': { command: DescribeNetworkInterfacesCommand, paging: ec2Pages(1000) },
  'ec2:DescribeRouteTables': { command: DescribeRouteTablesCommand, paging: ec2Pages(100) },
  'ec2:DescribeSecurityGroups': { command: DescribeSecurityGroupsCommand, paging: ec2Pages(1000) },
  'ec2:DescribeSubnets': { command: DescribeSubnetsCommand, paging: ec2Pages(1000) },
  'ec2:DescribeVpcAttribute': { command: DescribeVpcAttributeCommand },
  'ec2:DescribeVpcEndpointServices': { command: DescribeVpcEndpointServicesCommand, paging: ec2Pages(1000) },
  'ec2:DescribeVpcEndpoints': { command: DescribeVpcEndpointsCommand, paging: ec2Pages(1000) },
  'ec2:DescribeVpcs': { command: DescribeVpcsCommand, paging: ec2Pages(1000) },
  'ec2:GetManagedPrefixListEntries': { command: GetManagedPrefixListEntriesCommand, paging: ec2Pages(100) },
  'ec2:ModifyVpcEndpoint': { command: ModifyVpcEndpointCommand },
  'ec2:RevokeSecurityGroupEgress': { command: RevokeSecurityGroupEgressCommand },
  'ec2:RevokeSecurityGroupIngress': { command: RevokeSecurityGroupIngressCommand },
  'iam:AttachRolePolicy': { command: AttachRolePolicyCommand },
  'iam:GetAccountSummary': { command: GetAccountSummaryCommand },
  'iam:GetPolicy': { command: GetPolicyCommand },
  'iam:GetPolicyVersion': { command: GetPolicyVersionCommand },
  'iam:GetRole': { command: GetRoleCommand },
  'iam:GetRolePolicy': { command: GetRolePolicyCommand },
  'iam:ListAttachedRolePolicies': { command: ListAttachedRolePoliciesCommand, paging: iamPages },
  'iam:ListRolePolicies': { command: ListRolePoliciesCommand, paging: iamPages },
  'iam:PutRolePolicy': { command: PutRolePolicyCommand },
  'iam:SimulatePrincipalPolicy': { command: SimulatePrincipalPolicyCommand, paging: iamPages, once: true },
  'lambda:GetFunctionConfiguration': { command: GetFunctionConfigurationCommand },
  'lambda:ListFunctions': { command: ListFunctionsCommand, paging: markerPages },
  'lambda:ListEventSourceMappings': { command: ListEventSourceMappingsCommand, paging: markerPages },
  'lambda:ListAliases': { command: ListAliasesCommand, paging: markerPages },
  'lambda:ListProvisionedConcurrencyConfigs': {
    command: ListProvisionedConcurrencyConfigsCommand,
    paging: markerPages,
  },
  'lambda:ListTags': { command: ListTagsCommand },
  'lambda:UpdateFunctionConfiguration': { command: UpdateFunctionConfigurationCommand },
  'route53:ListHostedZonesByVPC': {
    command: ListHostedZonesByVPCCommand,
    paging: { input: 'NextToken', output: 'NextToken' },
  },
  // It is asked in a region of its own.
  'pricing:GetProducts': {
    command: GetProductsCommand,
    paging: { input: 'NextToken', output: 'NextToken', size: { MaxResults: 100 } },
    once: true,
  },
  'sts:GetCallerIdentity': { command: GetCallerIdentityCommand },
};
