import { type InputValue, isRecord } from '../input.js';
import type { AwsRequest } from '../request.js';
import { pages, type Row, type Verdict } from './row.js';

/** Parameters that hold ids, with the prefix and the code of the objection. */
const identifiers: readonly (readonly [parameter: RegExp, prefix: string, code: string])[] = [
  [/^VpcId$/, 'vpc', 'InvalidVpcID.Malformed'],
  [/^(Add|Remove)?SubnetId$/, 'subnet', 'InvalidSubnetID.Malformed'],
  [/^((Add|Remove)?SecurityGroupId|GroupId)$/, 'sg', 'InvalidGroupId.Malformed'],
  [/^(Add|Remove)?RouteTableId$/, 'rtb', 'InvalidRouteTableId.Malformed'],
  [/^VpcEndpointId$/, 'vpce', 'InvalidVpcEndpointId.Malformed'],
  [/^SecurityGroupRuleId$/, 'sgr', 'InvalidSecurityGroupRuleId.Malformed'],
  [/^NetworkInterfaceId$/, 'eni', 'InvalidNetworkInterfaceID.Malformed'],
];

/** Ids that are not even written as ids. */
export const identifierRows: readonly Row[] = [
  {
    id: 'malformed-id',
    actions: ['ec2:*'],
    row: 37,
    docs: pages.ec2Errors,
    wording: 'seen',
    refuse: ({ input }: AwsRequest) => malformed(input),
  },
];

function malformed(value: InputValue): Verdict {
  if (Array.isArray(value)) return firstOf(value.map(malformed));
  if (!isRecord(value)) return undefined;
  return firstOf(Object.entries(value).map(([name, inner]) => malformedAt(name, inner) ?? malformed(inner)));
}

function malformedAt(name: string, value: InputValue): Verdict {
  const kind = identifiers.find(([parameter]) => parameter.test(name));
  if (kind === undefined) return undefined;
  const [, prefix, code] = kind;
  const well = new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`);
  const ids = (Array.isArray(value) ? value : [value]).filter((id) => typeof id === 'string');
  const bad = ids.find((id) => !well.test(id));
  return bad === undefined
    ? undefined
    : { code, message: `Invalid id: "${bad}" (expecting "${prefix}-...")` };
}

function firstOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => verdict !== undefined);
}
