import type { GroupRule } from '../model/observed.js';
import { readOf } from '../model/reading.js';
import { refusedSubnets } from '../resolve/admission.js';
import { admitCommand } from '../resources/commands.js';
import { listed, sortedSet, without } from '../text/words.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

/** Port of mount targets (EFS user guide, "Using VPC security groups"). */
const FILES = 2049;
const NFS = { protocol: 'tcp', ports: { from: FILES, to: FILES } } as const;

/** Whether a rule lets TCP to the port of mount targets through. */
function admitsFiles({ protocol, ports }: GroupRule): boolean {
  if (protocol !== 'all' && protocol !== 'tcp') return false;
  return ports === undefined || (ports.from <= FILES && FILES <= ports.to);
}

/** A move with groups of which none lets the function out to a file system; the managed one gets a rule for it. */
function judgeGroups({ target: { groups, observed } }: Facts): Verdict[] {
  const worn = observed.groups.filter(({ id }) => groups.otherIds.includes(id));
  if (groups.usesManaged || worn.some(({ egress }) => egress.some(admitsFiles))) return [];
  const { name } = observed.lambda;
  const message = `Function ${name} mounts a file system, and none of its security groups (${listed(groups.otherIds)}) lets it out on TCP ${FILES}: the move ends as EFSMountTimeout.`;
  const remedy = `Add \`managed\` to \`security-groups\`, or an outbound rule for TCP ${FILES} to one of the groups.`;
  return [{ subject: name, severity: 'error', message, remedy }];
}

/** A mount target of EFS in the VPC; which file system a function mounts is not told by its access point. */
interface MountTarget {
  readonly id: string;
  readonly fileSystemId: string;
  readonly zone: string | undefined;
  readonly groupIds: readonly string[];
  /** Ranges of the function's subnets that its groups do not admit. */
  readonly refused: readonly string[];
}

/** EFS names the interface of a mount target by file system and mount target. */
const DESCRIPTION = /^EFS mount target for (fs-[0-9a-f]+)/;

function mountTargets({ target }: Facts): MountTarget[] {
  const { interfaces, subnets } = target.observed;
  return (readOf(interfaces) ?? []).flatMap(({ id, description, subnetId, groupIds }) => {
    const fileSystemId = DESCRIPTION.exec(description)?.[1];
    if (fileSystemId === undefined) return [];
    const zone = subnets.find((subnet) => subnet.id === subnetId)?.zone;
    const refused = refusedSubnets(groupIds, NFS, target).map(({ cidr }) => cidr);
    return [{ id, fileSystemId, zone, groupIds, refused }];
  });
}

function mountText({ id, fileSystemId, zone, refused }: MountTarget): string {
  const closed = refused.length > 0 ? `, which refuses TCP ${FILES} from ${listed(refused)}` : '';
  return `${fileSystemId} in ${zone ?? 'a zone that is not known'} (${id}${closed})`;
}

/** The commands that open and complete what is seen; empty where it is complete. */
function mountCommands(mounts: readonly MountTarget[], bare: readonly string[], { target }: Facts): string[] {
  const closed = mounts.flatMap(({ groupIds: [groupId], refused }) =>
    groupId === undefined || refused.length === 0 ? [] : [admitCommand(groupId, FILES, refused)],
  );
  const [fileSystemId, ...others] = sortedSet(mounts.map((mount) => mount.fileSystemId));
  const which = others.length > 0 ? '<id of the file system>' : fileSystemId;
  const missing = bare.map((zone) => {
    const subnetId = target.subnets.find((subnet) => subnet.zone === zone)?.id ?? '';
    return `\`aws efs create-mount-target --file-system-id ${which} --subnet-id ${subnetId}\``;
  });
  return sortedSet([...closed, ...missing]);
}

const CHECK = `Check that each zone has a mount target whose group admits TCP ${FILES} from the function`;

function judgeStay(facts: Facts): Verdict[] {
  const { lambda } = facts.target.observed;
  const needs = `Function ${lambda.name} mounts a file system; after the move it needs mount targets in the zones of its subnets that let it in`;
  const mounts = mountTargets(facts);
  if (mounts.length === 0) return [{ subject: lambda.name, message: `${needs}.`, remedy: `${CHECK}.` }];
  const zones = sortedSet(facts.target.subnets.map(({ zone }) => zone));
  const bare = without(
    zones,
    mounts.map(({ zone }) => zone ?? ''),
  );
  const none = bare.length > 0 ? `, and none in ${listed(bare)}` : '';
  const commands = mountCommands(mounts, bare, facts);
  return [
    {
      subject: lambda.name,
      message: `${needs}. EFS has ${listed(mounts.map(mountText))}${none}.`,
      remedy:
        commands.length === 0
          ? 'Check that the file system that the function mounts is among these.'
          : `Run ${listed(commands)}, where the function mounts this file system.`,
    },
  ];
}

/** Mount targets are in one VPC; from another one a file system is reached by peering (Lambda developer guide). */
function judgeLeave({ target }: Facts, from: string): Verdict[] {
  const { vpc, observed } = target;
  const { name } = observed.lambda;
  return [
    {
      subject: name,
      message: `Function ${name} mounts a file system and leaves ${from}: where ${vpc.id} has no peering or transit gateway to the VPC of its mount targets, Lambda cannot mount it and the move fails.`,
      remedy: `Check that the mount targets can be reached from ${vpc.id}, with routes both ways, and admit TCP ${FILES} from its subnets; add \`egress\` lines for their ranges.`,
    },
  ];
}

function judgeFileSystem(facts: Facts): Verdict[] {
  const { currentVpcId, vpc, observed } = facts.target;
  if (!observed.lambda.mountsFileSystem || !isMoved(facts.changes)) return [];
  const refused = judgeGroups(facts);
  if (refused.length > 0) return refused;
  const leaves = currentVpcId !== undefined && currentVpcId !== vpc.id;
  return leaves ? judgeLeave(facts, currentVpcId) : judgeStay(facts);
}

/** Rules about the file system that a function mounts. */
export const fileSystemRules: readonly FunctionRule[] = [
  {
    id: 'file-system-reach',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.fileSystem,
    check: judgeFileSystem,
  },
];
