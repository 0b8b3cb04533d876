import type { Aws } from '../aws/call.js';
import type { Desired } from '../model/desired.js';
import type { EndpointService, SecurityGroup } from '../model/observed.js';
import type { Reading } from '../model/reading.js';
import { candidateNames } from '../resolve/services.js';
import { readSecurityGroupsById } from '../resources/security-group.js';
import { readEndpointServices } from '../resources/vpc-endpoint-service.js';
import { sortedSet } from '../text/words.js';
import { attemptIf } from './reading.js';
import { askedServices } from './second-wave.js';

/** What tells whether there is what `reaches` names; undefined where it names none of the kind. */
export interface OutsideReads {
  readonly services: Reading<readonly EndpointService[]> | undefined;
  readonly groups: Reading<readonly SecurityGroup[]> | undefined;
}

/** Reads, in one wave, what `reaches` names and the first wave does not show. Groups of other accounts cannot be read. */
export async function readOutside(aws: Aws, desired: Desired): Promise<OutsideReads> {
  const names = candidateNames(askedServices(desired), aws.region);
  const groupIds = sortedSet(
    (desired.reaches ?? []).flatMap(({ to }) =>
      to.kind === 'group' && !to.value.includes('/') ? [to.value] : [],
    ),
  );
  const [services, groups] = await Promise.all([
    attemptIf(names.length > 0, 'ec2:DescribeVpcEndpointServices', '*', () =>
      readEndpointServices(aws, names, () => true),
    ),
    attemptIf(groupIds.length > 0, 'ec2:DescribeSecurityGroups', '*', () =>
      readSecurityGroupsById(aws, groupIds),
    ),
  ]);
  return { services, groups };
}
