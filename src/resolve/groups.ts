import { parseArn } from '../aws/partitions.js';
import type { Consent, Desired, GroupSelector, Identity } from '../model/desired.js';
import type { Observed, SecurityGroup, Vpc } from '../model/observed.js';
import type { Problem } from '../model/problem.js';
import { isOurs, isShared, MANAGED_BY, NAME, OWNER, SCOPE, US, USER, userTag } from '../resources/tags.js';
import { someOf } from '../text/words.js';
import type { Users } from './users.js';

/** Name of the one group that guards all interface endpoints this action makes in a VPC. */
export const ENDPOINTS_GROUP = 'vpc-lambda-action-endpoints';

/** The groups of the function as they should be. */
export interface GroupChoice {
  readonly resourceName: string;
  /** Whether the function uses the managed group. */
  readonly usesManaged: boolean;
  readonly managed: SecurityGroup | undefined;
  /** Whether one function goes on alone with the group of several: the others may need what it does not. */
  readonly isOfSeveral: boolean;
  readonly endpointsGroup: SecurityGroup | undefined;
  /** Ids of the function's groups besides the managed one. */
  readonly otherIds: readonly string[];
  readonly problems: readonly Problem[];
}

/** Name of the managed group of a resource name. */
export const managedGroupName = (resourceName: string): string => `${resourceName}-lambda`;

/** Whether a consent names a group, by its id or name. */
export function namesGroup({ object }: Consent, { id, name }: Pick<SecurityGroup, 'id' | 'name'>): boolean {
  return object === id || object === name;
}

/** Whether `allow` says that rules which this action did not make are removed from a group. */
export function allowsRemoval(
  { allow }: Pick<Desired, 'allow'>,
  group: Pick<SecurityGroup, 'id' | 'name'>,
): boolean {
  return allow.some((consent) => consent.kind === 'rule-removal' && namesGroup(consent, group));
}

/** The group with the managed name in a VPC, whoever made it. */
export function managedGroup(
  groups: readonly SecurityGroup[],
  resourceName: string,
  vpcId: string,
): SecurityGroup | undefined {
  return groups.find((group) => group.vpcId === vpcId && group.name === managedGroupName(resourceName));
}

function ownGroupsOfFunction(observed: Observed, owner: string): SecurityGroup[] {
  return observed.groups.filter(
    (group) =>
      observed.lambda.network.securityGroupIds.includes(group.id) &&
      isOurs(group.tags) &&
      !isShared(group.tags) &&
      group.tags[OWNER] === owner,
  );
}

/** The name given, else the one recorded on the group of ours that the function wears, else the function's. */
function chooseResourceName(desired: Desired, observed: Observed, owner: string): string {
  const recorded = ownGroupsOfFunction(observed, owner)[0]?.tags[NAME];
  // AWS reserves names that begin like ids of groups.
  return desired.resourceName ?? recorded ?? observed.lambda.name.replace(/^sg-/i, 'sg_');
}

/**
 * How a group that no repository calls its own becomes one of the owner's. One of another repository is left to it:
 * that one's runs would stop, and its functions may wear the group.
 */
function takeOver({ id, name, tags }: SecurityGroup, owner: string): string {
  if (tags[OWNER] !== undefined && tags[OWNER] !== owner) return '';
  const ours = { [MANAGED_BY]: US, [NAME]: name.replace(/-lambda$/, ''), [OWNER]: owner };
  const texts = Object.entries(ours).map(([key, value]) => `'Key=${key},Value=${value}'`);
  return `, or run \`aws ec2 create-tags --resources ${id} --tags ${texts.join(' ')}\` to let this repository manage ${id} for all that wear it; rules that it has already stay and are told as drift`;
}

/** Why the group with the managed name is not this run's. */
function taken(group: SecurityGroup, owner: string, accepted: readonly string[]): Problem | undefined {
  if (isOurs(group.tags) && group.tags[OWNER] === owner) {
    const users = Object.entries(group.tags).filter(([key]) => key.startsWith(USER));
    const [other] = users;
    if (other === undefined || users.some(([key]) => accepted.map(userTag).includes(key))) return undefined;
    return {
      code: 'resource-name-taken',
      message: `Security group ${group.id} (${group.name}) is of ${other[1]}; two steps would undo each other's rules.`,
      remedy: 'Set `resource-name` to a name of its own for each step, or list all functions in one step.',
    };
  }
  const whose = isOurs(group.tags)
    ? `belongs to the repository with id ${group.tags[OWNER] ?? 'unknown'}`
    : 'was not made by this action';
  return {
    code: 'resource-name-taken',
    message: `Security group ${group.id} has the name ${group.name} already and ${whose}.`,
    remedy: `Set \`resource-name\` to a name of your own${takeOver(group, owner)}.`,
  };
}

function foreignEndpointsGroup(group: SecurityGroup | undefined): Problem[] {
  if (group === undefined || isShared(group.tags)) return [];
  return [
    {
      code: 'resource-name-taken',
      message: `Security group ${group.id} has the name ${ENDPOINTS_GROUP} and was not made by this action.`,
      remedy: `Run \`aws ec2 create-tags --resources ${group.id} --tags Key=${MANAGED_BY},Value=${US} Key=${SCOPE},Value=vpc\` if this action made it and it lost its tags; else delete ${group.id}, or make it again under another name.`,
    },
  ];
}

const regionOf = ({ lambda }: Observed): string => parseArn(lambda.arn).region;

function chooseById(id: string, observed: Observed, vpc: Vpc): { ids: string[]; problems: Problem[] } {
  const group = observed.groups.find((candidate) => candidate.id === id);
  if (group?.vpcId === vpc.id) return { ids: [id], problems: [] };
  const message = group
    ? `Security group ${id} is in ${group.vpcId}, not in ${vpc.id}, the VPC of this run.`
    : `Security group ${id} does not exist in ${regionOf(observed)}, the region of function ${observed.lambda.name}.`;
  return {
    ids: [],
    problems: [
      {
        code: group ? 'groups-of-different-vpcs' : 'security-group-not-found',
        message,
        remedy: `List security groups of ${vpc.id}, and check aws-region.`,
      },
    ],
  };
}

function chooseByName(name: string, observed: Observed, vpc: Vpc): { ids: string[]; problems: Problem[] } {
  const here = observed.groups.filter((group) => group.vpcId === vpc.id);
  const group = here.find((candidate) => candidate.name === name);
  if (group) return { ids: [group.id], problems: [] };
  const message = `${vpc.id} has no security group named ${name}; it has ${someOf(here.map((known) => known.name))}.`;
  const remedy = 'Correct the name in security-groups, or write the id.';
  return { ids: [], problems: [{ code: 'security-group-not-found', message, remedy }] };
}

interface Chosen {
  readonly ids: readonly string[];
  readonly problems: readonly Problem[];
}

function chooseListed(selectors: readonly GroupSelector[], observed: Observed, vpc: Vpc): Chosen {
  const chosen = selectors.map((selector) => {
    if (selector.kind === 'id') return chooseById(selector.id, observed, vpc);
    return selector.kind === 'name' ? chooseByName(selector.name, observed, vpc) : { ids: [], problems: [] };
  });
  return {
    ids: chosen.flatMap((choice) => choice.ids),
    problems: chosen.flatMap((choice) => choice.problems),
  };
}

/** Peers of `egress` that do not exist; a group of another account, with its account id, cannot be seen. */
function missingPeers(desired: Desired, observed: Observed): Problem[] {
  const peers = (desired.egress ?? []).map((line) => line.peer).filter(({ kind }) => kind === 'group');
  return peers
    .filter(({ value }) => !value.includes('/') && !observed.groups.some(({ id }) => id === value))
    .map(({ value }) => ({
      code: 'security-group-not-found',
      message: `Security group ${value}, a peer in egress, does not exist in ${regionOf(observed)}.`,
      remedy: 'Correct the id in egress; write `<account id>/sg-…` for a group of another account.',
    }));
}

/** Decides which groups the function should wear. */
export function chooseGroups(
  desired: Desired,
  observed: Observed,
  vpc: Vpc,
  identity: Identity,
  staysInVpc: boolean,
  users: Users,
): GroupChoice {
  const resourceName = chooseResourceName(desired, observed, identity.owner);
  const here = observed.groups.filter((group) => group.vpcId === vpc.id);
  const named = managedGroup(observed.groups, resourceName, vpc.id);
  const endpointsGroup = here.find((group) => group.name === ENDPOINTS_GROUP);
  const wished = desired.securityGroups;
  const today = staysInVpc ? observed.lambda.network.securityGroupIds : [];
  const { ids, problems } = wished ? chooseListed(wished, observed, vpc) : { ids: today, problems: [] };
  const worn = named !== undefined && observed.lambda.network.securityGroupIds.includes(named.id);
  const accepted = [...users.accepted, ...(worn ? users.acceptedWhereWorn : [])];
  const takenBy = named && taken(named, identity.owner, accepted);
  const managed = takenBy ? undefined : named;
  const wantsManaged = wished === undefined || wished.some((selector) => selector.kind === 'managed');
  const makesEndpoints = (desired.endpoints ?? []).some((wish) => wish.type !== 'Gateway');
  return {
    resourceName,
    // The managed group may be listed by its id or name, too.
    usesManaged: wantsManaged || (managed !== undefined && ids.includes(managed.id)),
    managed,
    isOfSeveral: users.acceptedWhereWorn.some((hash) => managed?.tags[userTag(hash)] !== undefined),
    endpointsGroup,
    otherIds: [...new Set(ids)].filter((id) => id !== managed?.id).sort(),
    problems: [
      ...problems,
      ...(takenBy && wantsManaged ? [takenBy] : []),
      ...missingPeers(desired, observed),
      ...(makesEndpoints ? foreignEndpointsGroup(endpointsGroup) : []),
    ],
  };
}
