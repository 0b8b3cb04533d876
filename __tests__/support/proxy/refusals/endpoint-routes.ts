import type { Context } from '../context.js';
import { textOf, textsOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { endpointOf, invalidParameter, pages, type Row, type Verdict } from './row.js';

const both = ['ec2:CreateVpcEndpoint', 'ec2:ModifyVpcEndpoint'];

/** Whether a gateway endpoint can get its routes. */
export const endpointRouteRows: readonly Row[] = [
  {
    id: 'endpoint-route-table',
    actions: both,
    row: 79,
    docs: pages.gatewayEndpoints,
    wording: 'unverified',
    refuse: wrongTable,
  },
  {
    id: 'route-exists',
    actions: both,
    row: 78,
    docs: pages.gatewayEndpoints,
    wording: 'seen',
    refuse: routeExists,
  },
];

/** What a gateway endpoint would be after the call. */
async function gatewayOf(request: AwsRequest, context: Context) {
  const { input, action } = request;
  const creates = action === 'ec2:CreateVpcEndpoint';
  const tables = textsOf(input, creates ? 'RouteTableId' : 'AddRouteTableId');
  if (tables.length === 0) return undefined;
  if (creates)
    return { id: '', vpcId: textOf(input, 'VpcId'), service: textOf(input, 'ServiceName'), tables };
  const endpoint = await endpointOf(request, context);
  return endpoint && { id: endpoint.id, vpcId: endpoint.vpcId, service: endpoint.service, tables };
}

async function wrongTable(request: AwsRequest, context: Context): Promise<Verdict> {
  const gateway = await gatewayOf(request, context);
  if (gateway === undefined) return undefined;
  const found = await context.state.routeTables(gateway.tables);
  const missing = gateway.tables.find((id) => !found.some(({ RouteTableId }) => RouteTableId === id));
  if (missing) {
    return { code: 'InvalidRouteTableId.NotFound', message: `The routeTable ID '${missing}' does not exist` };
  }
  const other = found.find(({ VpcId }) => VpcId !== gateway.vpcId)?.RouteTableId;
  return other
    ? invalidParameter(`Route table ${other} does not belong to VPC ${gateway.vpcId}.`)
    : undefined;
}

async function routeExists(request: AwsRequest, context: Context): Promise<Verdict> {
  const gateway = await gatewayOf(request, context);
  if (gateway === undefined) return undefined;
  const lists = await context.state.managedPrefixLists();
  const prefixList = lists.find(({ PrefixListName }) => PrefixListName === gateway.service)?.PrefixListId;
  for (const { RouteTableId, Routes } of await context.state.routeTables(gateway.tables)) {
    const taken = Routes?.some(
      (route) => route.DestinationPrefixListId === prefixList && route.GatewayId !== gateway.id,
    );
    if (prefixList === undefined || !taken) continue;
    const message = `route table ${RouteTableId} already has a route with destination-prefix-list-id ${prefixList}`;
    return { code: 'RouteAlreadyExists', message };
  }
  return undefined;
}
