import type { AwsClients } from '../support/aws-clients.js';
import type { FaultProxy } from '../support/proxy/index.js';
import { addForeignInterface } from '../support/worlds/world.js';
import type { VpcDraft } from './draft.js';

/** Where a world is built, and what stands of it so far. */
export interface Site {
  /** Clients past the proxy. */
  readonly clients: AwsClients;
  readonly proxy: FaultProxy;
  /** Ids by key. */
  readonly ids: Map<string, string>;
  /** The id of a part; throws where it does not stand yet. */
  readonly idOf: (key: string) => string;
}

/** Makes the interfaces of other workloads. */
export async function addLateInterfaces({ clients, idOf, ids }: Site, vpc: VpcDraft): Promise<void> {
  for (const { key, subnet, groups, address } of vpc.interfaces) {
    const groupIds = groups.map(idOf);
    const place = {
      subnetId: idOf(subnet),
      ...(groupIds.length > 0 && { groupIds }),
      ...(address !== undefined && { address }),
    };
    ids.set(key, await addForeignInterface(clients, place));
  }
}

/** Takes addresses of subnets until as few are left as they should have. */
export async function fillSubnets({ clients, idOf }: Site, vpc: VpcDraft): Promise<void> {
  for (const { key, free } of vpc.subnets) {
    if (free === undefined) continue;
    const SubnetId = idOf(key);
    const { Subnets = [] } = await clients.ec2.describeSubnets({ SubnetIds: [SubnetId] });
    const surplus = (Subnets[0]?.AvailableIpAddressCount ?? 0) - free;
    for (let made = 0; made < surplus; made += 1) await addForeignInterface(clients, { subnetId: SubnetId });
  }
}
