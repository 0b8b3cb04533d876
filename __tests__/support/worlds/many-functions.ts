import type { AwsClients } from '../aws-clients.js';
import { addFunction, addRole, addRouteTable, addSubnet, addVpc } from './world.js';

/** Many functions of one account, in no VPC, and a VPC with three private subnets. */
export interface ManyFunctions {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** `fn-00`, `fn-01`, … */
  readonly names: readonly string[];
}

/** Makes functions that share so many execution roles between them, in turn. */
export async function buildManyFunctions(
  clients: AwsClients,
  options: { readonly functions: number; readonly roles: number },
): Promise<ManyFunctions> {
  const vpcId = await addVpc(clients, { cidr: '10.20.0.0/16', name: 'many' });
  const routeTableId = await addRouteTable(clients, { vpcId, name: 'private' });
  const subnetIds: string[] = [];
  for (const [index, letter] of ['a', 'b', 'c'].entries()) {
    const tags = { Tier: 'private', Name: `private-${letter}` };
    const place = { vpcId, cidr: `10.20.${index}.0/24`, zone: `us-east-2${letter}`, tags, routeTableId };
    subnetIds.push(await addSubnet(clients, place));
  }
  const roleArns: string[] = [];
  for (let index = 0; index < options.roles; index += 1) {
    roleArns.push(await addRole(clients, { name: `many-role-${index}` }));
  }
  const names = Array.from(
    { length: options.functions },
    (_, index) => `fn-${String(index).padStart(2, '0')}`,
  );
  for (const [index, name] of names.entries()) {
    await addFunction(clients, { name, roleArn: roleArns[index % roleArns.length] ?? '' });
  }
  return { vpcId, subnetIds, names };
}
