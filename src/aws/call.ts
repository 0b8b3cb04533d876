import type * as Ec2 from '@aws-sdk/client-ec2';
import type * as Iam from '@aws-sdk/client-iam';
import type * as Lambda from '@aws-sdk/client-lambda';
import type * as Pricing from '@aws-sdk/client-pricing';
import type * as Route53 from '@aws-sdk/client-route-53';
import type * as Sts from '@aws-sdk/client-sts';

/** Input and output of each AWS operation the action may call, by its IAM action name. */
export interface Operations {
  'ec2:AuthorizeSecurityGroupEgress': [
    Ec2.AuthorizeSecurityGroupEgressCommandInput,
    Ec2.AuthorizeSecurityGroupEgressCommandOutput,
  ];
  'ec2:AuthorizeSecurityGroupIngress': [
    Ec2.AuthorizeSecurityGroupIngressCommandInput,
    Ec2.AuthorizeSecurityGroupIngressCommandOutput,
  ];
  'ec2:CreateSecurityGroup': [Ec2.CreateSecurityGroupCommandInput, Ec2.CreateSecurityGroupCommandOutput];
  'ec2:CreateTags': [Ec2.CreateTagsCommandInput, Ec2.CreateTagsCommandOutput];
  'ec2:CreateVpcEndpoint': [Ec2.CreateVpcEndpointCommandInput, Ec2.CreateVpcEndpointCommandOutput];
  'ec2:DeleteVpcEndpoints': [Ec2.DeleteVpcEndpointsCommandInput, Ec2.DeleteVpcEndpointsCommandOutput];
  'ec2:DescribeDhcpOptions': [Ec2.DescribeDhcpOptionsCommandInput, Ec2.DescribeDhcpOptionsCommandOutput];
  'ec2:DescribeManagedPrefixLists': [
    Ec2.DescribeManagedPrefixListsCommandInput,
    Ec2.DescribeManagedPrefixListsCommandOutput,
  ];
  'ec2:DescribeNatGateways': [Ec2.DescribeNatGatewaysCommandInput, Ec2.DescribeNatGatewaysCommandOutput];
  'ec2:DescribeNetworkAcls': [Ec2.DescribeNetworkAclsCommandInput, Ec2.DescribeNetworkAclsCommandOutput];
  'ec2:DescribeNetworkInterfaces': [
    Ec2.DescribeNetworkInterfacesCommandInput,
    Ec2.DescribeNetworkInterfacesCommandOutput,
  ];
  'ec2:DescribeRouteTables': [Ec2.DescribeRouteTablesCommandInput, Ec2.DescribeRouteTablesCommandOutput];
  'ec2:DescribeSecurityGroups': [
    Ec2.DescribeSecurityGroupsCommandInput,
    Ec2.DescribeSecurityGroupsCommandOutput,
  ];
  'ec2:DescribeSubnets': [Ec2.DescribeSubnetsCommandInput, Ec2.DescribeSubnetsCommandOutput];
  'ec2:DescribeVpcAttribute': [Ec2.DescribeVpcAttributeCommandInput, Ec2.DescribeVpcAttributeCommandOutput];
  'ec2:DescribeVpcEndpointServices': [
    Ec2.DescribeVpcEndpointServicesCommandInput,
    Ec2.DescribeVpcEndpointServicesCommandOutput,
  ];
  'ec2:DescribeVpcEndpoints': [Ec2.DescribeVpcEndpointsCommandInput, Ec2.DescribeVpcEndpointsCommandOutput];
  'ec2:DescribeVpcs': [Ec2.DescribeVpcsCommandInput, Ec2.DescribeVpcsCommandOutput];
  'ec2:GetManagedPrefixListEntries': [
    Ec2.GetManagedPrefixListEntriesCommandInput,
    Ec2.GetManagedPrefixListEntriesCommandOutput,
  ];
  'ec2:ModifyVpcEndpoint': [Ec2.ModifyVpcEndpointCommandInput, Ec2.ModifyVpcEndpointCommandOutput];
  'ec2:RevokeSecurityGroupEgress': [
    Ec2.RevokeSecurityGroupEgressCommandInput,
    Ec2.RevokeSecurityGroupEgressCommandOutput,
  ];
  'ec2:RevokeSecurityGroupIngress': [
    Ec2.RevokeSecurityGroupIngressCommandInput,
    Ec2.RevokeSecurityGroupIngressCommandOutput,
  ];
  'iam:AttachRolePolicy': [Iam.AttachRolePolicyCommandInput, Iam.AttachRolePolicyCommandOutput];
  'iam:GetAccountSummary': [Iam.GetAccountSummaryCommandInput, Iam.GetAccountSummaryCommandOutput];
  'iam:GetPolicy': [Iam.GetPolicyCommandInput, Iam.GetPolicyCommandOutput];
  'iam:GetPolicyVersion': [Iam.GetPolicyVersionCommandInput, Iam.GetPolicyVersionCommandOutput];
  'iam:GetRole': [Iam.GetRoleCommandInput, Iam.GetRoleCommandOutput];
  'iam:GetRolePolicy': [Iam.GetRolePolicyCommandInput, Iam.GetRolePolicyCommandOutput];
  'iam:ListAttachedRolePolicies': [
    Iam.ListAttachedRolePoliciesCommandInput,
    Iam.ListAttachedRolePoliciesCommandOutput,
  ];
  'iam:ListRolePolicies': [Iam.ListRolePoliciesCommandInput, Iam.ListRolePoliciesCommandOutput];
  'iam:PutRolePolicy': [Iam.PutRolePolicyCommandInput, Iam.PutRolePolicyCommandOutput];
  'iam:SimulatePrincipalPolicy': [
    Iam.SimulatePrincipalPolicyCommandInput,
    Iam.SimulatePrincipalPolicyCommandOutput,
  ];
  'lambda:GetFunctionConfiguration': [
    Lambda.GetFunctionConfigurationCommandInput,
    Lambda.GetFunctionConfigurationCommandOutput,
  ];
  'lambda:ListFunctions': [Lambda.ListFunctionsCommandInput, Lambda.ListFunctionsCommandOutput];
  'lambda:ListEventSourceMappings': [
    Lambda.ListEventSourceMappingsCommandInput,
    Lambda.ListEventSourceMappingsCommandOutput,
  ];
  'lambda:ListAliases': [Lambda.ListAliasesCommandInput, Lambda.ListAliasesCommandOutput];
  'lambda:ListProvisionedConcurrencyConfigs': [
    Lambda.ListProvisionedConcurrencyConfigsCommandInput,
    Lambda.ListProvisionedConcurrencyConfigsCommandOutput,
  ];
  'lambda:ListTags': [Lambda.ListTagsCommandInput, Lambda.ListTagsCommandOutput];
  'lambda:UpdateFunctionConfiguration': [
    Lambda.UpdateFunctionConfigurationCommandInput,
    Lambda.UpdateFunctionConfigurationCommandOutput,
  ];
  'route53:ListHostedZonesByVPC': [
    Route53.ListHostedZonesByVPCCommandInput,
    Route53.ListHostedZonesByVPCCommandOutput,
  ];
  'pricing:GetProducts': [Pricing.GetProductsCommandInput, Pricing.GetProductsCommandOutput];
  'sts:GetCallerIdentity': [Sts.GetCallerIdentityCommandInput, Sts.GetCallerIdentityCommandOutput];
}

/** An IAM action name, which is also the key of the operation it permits. */
export type Action = keyof Operations;

/** The SDK's input type of an action. */
export type Input<A extends Action> = Operations[A][0];

/** The SDK's output type of an action. */
export type Output<A extends Action> = Operations[A][1];

/** Stands for an id that another change's answer will hold: `field` of the change with id `ref`. */
export interface Ref {
  readonly ref: string;
  readonly field: 'GroupId' | 'VpcEndpointId';
}

/** An id that is known, or will be known when the plan is applied. */
export type Id = string | Ref;

/** `T` in which any string may still be a {@link Ref}. */
export type Later<T> = T extends string
  ? T | Ref
  : T extends Date
    ? T
    : T extends readonly (infer U)[]
      ? Later<U>[]
      : T extends object
        ? { [K in keyof T]: Later<T[K]> }
        : T;

/** One write as data: nothing is sent until the plan is applied. */
export type Call<A extends Action = Action> = { [K in A]: { action: K; input: Later<Input<K>> } }[A];

/** The one door to AWS. */
export interface Aws {
  /** The region all calls go to, for example `us-east-2`. */
  readonly region: string;
  /** Sends one request; SDK retries included. Throws the SDK's error. */
  send<A extends Action>(action: A, input: Input<A>): Promise<Output<A>>;
  /**
   * Sends a list request and follows its pages until `enough` of them are there, or to the end; answers
   * every page's output in order.
   */
  pages<A extends Action>(
    action: A,
    input: Input<A>,
    enough?: (pages: readonly Output<A>[]) => boolean,
  ): Promise<Output<A>[]>;
}

/** Tells a {@link Ref} from a known value. */
export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && 'ref' in value && 'field' in value;
}
