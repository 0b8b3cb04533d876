import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Context } from '../context.js';
import { textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { reconcileInterfaces, releaseLingering } from '../translate/interfaces.js';
import { invalidValue, pages, type Row, type Verdict } from './row.js';

const create = ['ec2:CreateSecurityGroup'];

/** Making and deleting security groups. */
export const securityGroupRows: readonly Row[] = [
  {
    id: 'group-name',
    actions: create,
    row: 46,
    docs: pages.createGroup,
    wording: 'unverified',
    refuse: badName,
  },
  {
    id: 'group-description',
    actions: create,
    row: 46,
    docs: pages.createGroup,
    wording: 'seen',
    refuse: ({ input }) => badText('GroupDescription', textOf(input, 'GroupDescription')),
  },
  {
    id: 'group-in-unknown-vpc',
    actions: create,
    row: 37,
    docs: pages.ec2Errors,
    wording: 'seen',
    refuse: async ({ input }, { state }) => {
      const id = textOf(input, 'VpcId');
      if (id === '' || (await state.vpcExists(id))) return undefined;
      return { code: 'InvalidVpcID.NotFound', message: `The vpc ID '${id}' does not exist` };
    },
  },
  {
    id: 'group-in-use',
    actions: ['ec2:DeleteSecurityGroup'],
    row: 92,
    docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html',
    wording: 'seen',
    refuse: inUse,
  },
];

/** The characters that names and descriptions of groups may have. */
const allowed = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]*$/;

function badName({ input }: AwsRequest): Verdict {
  const name = textOf(input, 'GroupName');
  if (name.startsWith('sg-')) {
    return invalidValue(`Invalid group name "${name}": group names may not be in the format sg-*`);
  }
  return badText('GroupName', name);
}

function badText(parameter: string, value: string): Verdict {
  if (value.length > 255)
    return invalidValue(`Value (${value}) for parameter ${parameter} is longer than 255 characters.`);
  if (allowed.test(value)) return undefined;
  const reason = 'Character sets beyond ASCII are not supported.';
  return invalidValue(`Value (${value}) for parameter ${parameter} is invalid. ${reason}`);
}

async function inUse({ input }: AwsRequest, context: Context): Promise<Verdict> {
  const id = textOf(input, 'GroupId');
  const [group] = await context.state.securityGroups([id]);
  if (group === undefined) return undefined;
  if (group.GroupName === 'default') {
    const message = `the specified group: "${id}" name: "default" cannot be deleted by a user`;
    return { code: 'CannotDelete', message };
  }
  await reconcileInterfaces(context);
  await releaseLingering(context);
  const interfaces = await context.state.networkInterfaces();
  const used =
    interfaces.some((one) => hasGroup(one, id)) || (await isReferenced(id, group.VpcId ?? '', context));
  return used ? { code: 'DependencyViolation', message: `resource ${id} has a dependent object` } : undefined;
}

function hasGroup({ Groups }: NetworkInterface, id: string): boolean {
  return Groups?.some(({ GroupId }) => GroupId === id) ?? false;
}

/** A rule of another group names it. */
async function isReferenced(id: string, vpcId: string, { state }: Context): Promise<boolean> {
  const others = (await state.securityGroupsOfVpc(vpcId)).filter(({ GroupId }) => GroupId !== id);
  const permissions = others.flatMap(({ IpPermissions, IpPermissionsEgress }) => [
    ...(IpPermissions ?? []),
    ...(IpPermissionsEgress ?? []),
  ]);
  return permissions.some(({ UserIdGroupPairs }) => UserIdGroupPairs?.some(({ GroupId }) => GroupId === id));
}
