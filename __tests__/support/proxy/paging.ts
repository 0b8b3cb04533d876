import { AwsRefusal, type JsonBody, withEc2Input } from './handler.js';
import { canonical, type Input, textOf } from './input.js';
import type { AwsRequest } from './request.js';
import { childOf, element, removeChild, setChild, type XmlElement } from './xml.js';

/** How the pages of one kind of list are asked for and answered, per service. */
interface Style {
  readonly tokenIn: string;
  readonly sizeIn: string;
  readonly tokenOut: string;
  readonly badToken: string;
}

const styles: Readonly<Record<string, Style>> = {
  ec2: { tokenIn: 'NextToken', sizeIn: 'MaxResults', tokenOut: 'nextToken', badToken: 'InvalidNextToken' },
  iam: { tokenIn: 'Marker', sizeIn: 'MaxItems', tokenOut: 'Marker', badToken: 'InvalidInput' },
  lambda: {
    tokenIn: 'Marker',
    sizeIn: 'MaxItems',
    tokenOut: 'NextMarker',
    badToken: 'InvalidParameterValueException',
  },
  pricing: {
    tokenIn: 'NextToken',
    sizeIn: 'MaxResults',
    tokenOut: 'NextToken',
    badToken: 'InvalidNextTokenException',
  },
  route53: {
    tokenIn: 'nexttoken',
    sizeIn: 'maxitems',
    tokenOut: 'NextToken',
    badToken: 'InvalidPaginationToken',
  },
};

interface List {
  /** Lists cut at the same places, by their names in the answer. */
  readonly lists: readonly string[];
  /** The element that holds them, where it is not the root. */
  readonly within?: string;
  /** The page size where the client asks for none; everything in one page when not given. */
  readonly size?: number;
}

/** The lists that come in pages. */
const pagedLists: Readonly<Record<string, List>> = {
  'ec2:DescribeManagedPrefixLists': { lists: ['prefixListSet'] },
  'ec2:DescribePrefixLists': { lists: ['prefixListSet'] },
  'ec2:DescribeInternetGateways': { lists: ['internetGatewaySet'] },
  'ec2:DescribeNatGateways': { lists: ['natGatewaySet'] },
  'ec2:DescribeNetworkAcls': { lists: ['networkAclSet'] },
  'ec2:DescribeNetworkInterfaces': { lists: ['networkInterfaceSet'] },
  'ec2:DescribeRouteTables': { lists: ['routeTableSet'] },
  'ec2:DescribeSecurityGroupRules': { lists: ['securityGroupRuleSet'] },
  'ec2:DescribeSecurityGroups': { lists: ['securityGroupInfo'] },
  'ec2:DescribeSubnets': { lists: ['subnetSet'] },
  'ec2:DescribeTags': { lists: ['tagSet'] },
  'ec2:DescribeVpcEndpointServices': { lists: ['serviceNameSet', 'serviceDetailSet'] },
  'ec2:DescribeVpcEndpoints': { lists: ['vpcEndpointSet'] },
  'ec2:DescribeVpcs': { lists: ['vpcSet'] },
  'ec2:GetManagedPrefixListEntries': { lists: ['entrySet'] },
  'iam:ListAttachedRolePolicies': {
    lists: ['AttachedPolicies'],
    within: 'ListAttachedRolePoliciesResult',
    size: 100,
  },
  'iam:ListRolePolicies': { lists: ['PolicyNames'], within: 'ListRolePoliciesResult', size: 100 },
  'iam:ListEntitiesForPolicy': { lists: ['PolicyRoles'], within: 'ListEntitiesForPolicyResult', size: 100 },
  'iam:ListRoles': { lists: ['Roles'], within: 'ListRolesResult', size: 100 },
  'iam:SimulatePrincipalPolicy': {
    lists: ['EvaluationResults'],
    within: 'SimulatePrincipalPolicyResult',
    size: 100,
  },
  'lambda:ListAliases': { lists: ['Aliases'], size: 50 },
  'lambda:ListFunctions': { lists: ['Functions'], size: 50 },
  'lambda:ListProvisionedConcurrencyConfigs': { lists: ['ProvisionedConcurrencyConfigs'], size: 50 },
  'lambda:ListVersionsByFunction': { lists: ['Versions'], size: 50 },
  'lambda:ListEventSourceMappings': { lists: ['EventSourceMappings'], size: 100 },
  'pricing:GetProducts': { lists: ['PriceList'], size: 100 },
  'route53:ListHostedZonesByVPC': { lists: ['HostedZoneSummaries'], size: 100 },
};

/** The request for the whole list: moto's own paging is partly absent and partly wrong. */
export function withoutPaging(request: AwsRequest): AwsRequest {
  const style = styles[request.service];
  if (!(request.action in pagedLists) || style === undefined) return request;
  if (request.service === 'lambda') return { ...request, path: request.path.split('?')[0] ?? request.path };
  if (request.service === 'route53') return { ...request, path: pathWithout(request.path, style) };
  if (request.service === 'ec2')
    return withEc2Input(request, omit(request.input, [style.tokenIn, style.sizeIn]));
  const form = new URLSearchParams(request.body);
  form.delete(style.tokenIn);
  form.delete(style.sizeIn);
  return { ...request, body: form.toString() };
}

function pathWithout(whole: string, { tokenIn, sizeIn }: Style): string {
  const [path = '', query = ''] = whole.split('?');
  const left = new URLSearchParams(query);
  left.delete(tokenIn);
  left.delete(sizeIn);
  return `${path}?${left.toString()}`;
}

/** Leaves one page in an XML answer that holds the whole list. */
export function cutXml(root: XmlElement, request: AwsRequest, pageSize: number | undefined): void {
  const list = pagedLists[request.action];
  const style = styles[request.service];
  if (list === undefined || style === undefined) return;
  const holder = list.within === undefined ? root : childOf(root, list.within);
  if (holder === undefined) return;
  const page = pageOf(request, style, list.size, pageSize);
  let longest = 0;
  for (const name of list.lists) {
    const found = childOf(holder, name) ?? element(name);
    longest = Math.max(longest, found.children.length);
    found.children = found.children.slice(page.from, page.to);
  }
  removeChild(holder, style.tokenOut);
  const more = page.to < longest;
  if (more) setChild(holder, style.tokenOut, page.next);
  if (request.service === 'iam') setChild(holder, 'IsTruncated', String(more));
}

/** Leaves one page in a JSON answer that holds the whole list. */
export function cutJson(body: JsonBody, request: AwsRequest, pageSize: number | undefined): void {
  const list = pagedLists[request.action];
  const style = styles[request.service];
  if (list === undefined || style === undefined) return;
  const page = pageOf(request, style, list.size, pageSize);
  delete body[style.tokenOut];
  for (const name of list.lists) {
    const found = body[name];
    if (!Array.isArray(found)) continue;
    body[name] = found.slice(page.from, page.to);
    if (page.to < found.length) body[style.tokenOut] = page.next;
  }
}

function pageOf(
  request: AwsRequest,
  style: Style,
  defaultSize: number | undefined,
  pageSize: number | undefined,
) {
  const asked = Number(textOf(request.input, style.sizeIn) || defaultSize || Number.POSITIVE_INFINITY);
  const size = Math.min(asked, pageSize ?? Number.POSITIVE_INFINITY);
  const from = offsetOf(request, style);
  return { from, to: from + size, next: tokenFor(request, style, from + size) };
}

/** A token is good only for the list it came from: the same action and the same parameters. */
function tokenFor(request: AwsRequest, style: Style, offset: number): string {
  const list = `${request.action} ${canonical(omit(request.input, [style.tokenIn]))}`;
  return Buffer.from(JSON.stringify([offset, list])).toString('base64url');
}

function offsetOf(request: AwsRequest, style: Style): number {
  const token = textOf(request.input, style.tokenIn);
  if (token === '') return 0;
  const offset = Number(/^\[(\d+),/.exec(Buffer.from(token, 'base64url').toString())?.[1]);
  if (tokenFor(request, style, offset) === token) return offset;
  throw new AwsRefusal({
    code: style.badToken,
    message: `The token '${token}' is invalid for this request.`,
  });
}

function omit(input: Input, names: readonly string[]): Input {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
}
