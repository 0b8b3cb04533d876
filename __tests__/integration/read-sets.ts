import type { Action } from '../../src/aws/call.js';

/** Reads that tell whether there is anything to do; every run makes those that its inputs need, and no others. */
export const coreReads: readonly Action[] = [
  'sts:GetCallerIdentity',
  'lambda:GetFunctionConfiguration',
  'lambda:ListFunctions',
  'ec2:DescribeVpcs',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcEndpoints',
  'ec2:DescribeVpcAttribute',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeNetworkAcls',
  'ec2:DescribeVpcEndpointServices',
  'ec2:DescribeManagedPrefixLists',
  'ec2:DescribeDhcpOptions',
  'iam:ListAttachedRolePolicies',
];

/** Reads of dry runs and of runs that have something to do. */
export const adviceReads: readonly Action[] = [
  'ec2:DescribeNetworkInterfaces',
  'lambda:ListAliases',
  'lambda:ListTags',
  'lambda:ListProvisionedConcurrencyConfigs',
  'lambda:ListEventSourceMappings',
  'route53:ListHostedZonesByVPC',
  'iam:GetRole',
  'iam:SimulatePrincipalPolicy',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:GetAccountSummary',
  'pricing:GetProducts',
];

/** Reads for nothing but judging what functions reach: with the advice, and where `reaches` asks. */
export const reachReads: readonly Action[] = [
  'ec2:DescribeNatGateways',
  'ec2:GetManagedPrefixListEntries',
  'ec2:DescribeNetworkInterfaces',
];
