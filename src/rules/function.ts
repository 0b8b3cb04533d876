import { roleNameOf } from '../aws/partitions.js';
import { isOwnRole, lacksPolicy } from '../resources/execution-role.js';
import { isUpdating } from '../resources/function.js';
import { explainReason, isNetworkReason } from '../resources/update-failures.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

function judgeKind({ target }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (lambda.managedInstances) {
    const message = `The network of function ${lambda.name} is set on its capacity provider, not on the function.`;
    return [
      { subject: lambda.name, message, remedy: 'Change the VPC configuration of the capacity provider.' },
    ];
  }
  if (!lambda.edge) return [];
  const message = `Function ${lambda.name} runs at CloudFront edges, where a function cannot have a VPC.`;
  return [
    { subject: lambda.name, message, remedy: 'Use a function that no CloudFront distribution refers to.' },
  ];
}

function judgeState({ target }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (lambda.state !== 'Failed' || isNetworkReason(lambda.stateReasonCode)) return [];
  const { cause, remedy } = explainReason(lambda.stateReasonCode, lambda.stateReason);
  return [{ subject: lambda.name, message: `Function ${lambda.name} has failed: ${cause}.`, remedy }];
}

function judgeLastUpdate({ target }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (lambda.lastUpdateStatus !== 'Failed') return [];
  const { cause, remedy } = explainReason(lambda.lastUpdateReasonCode, lambda.lastUpdateReason);
  return [
    {
      subject: lambda.name,
      message: `The last update of function ${lambda.name} failed: ${cause}. It serves its earlier configuration.`,
      remedy,
    },
  ];
}

function judgeUpdating({ target }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (!isUpdating(lambda)) return [];
  const message = `An update of function ${lambda.name} is in progress; the plan may change when it ends.`;
  return [{ subject: lambda.name, message, remedy: 'Run the job again when the update has ended.' }];
}

function judgePolicy({ target }: Facts): Verdict[] {
  const { lambda, policies } = target.observed;
  const roleName = roleNameOf(lambda.roleArn);
  const attach = `Attach AWSLambdaVPCAccessExecutionRole to ${roleName}`;
  if (target.desired.iamPolicy === 'none') return [];
  if (!isOwnRole(target.observed)) {
    const message = `Execution role ${lambda.roleArn} is of another account; its policies were not looked at.`;
    const remedy = `${attach} in that account, then set \`iam-policy: none\`.`;
    return [{ subject: roleName, status: 'unknown', severity: 'warning', message, remedy }];
  }
  if (policies?.ok === false) {
    const { message, remedy } = policies.problem;
    return [
      {
        subject: roleName,
        status: 'unknown',
        severity: 'warning',
        message: `The policies of role ${roleName} could not be read. ${message}`,
        remedy,
      },
    ];
  }
  if (!lacksPolicy(target.observed)) return [];
  if (target.desired.iamPolicy !== 'verify') return [];
  const message = `Role ${roleName} has no policy of AWS's that lets Lambda make network interfaces.`;
  return [{ subject: roleName, message, remedy: `${attach}, or set \`iam-policy: managed\`.` }];
}

function judgeAliases({ target, changes }: Facts): Verdict[] {
  const { lambda, aliases } = target.observed;
  const moves = isMoved(changes);
  if (aliases === undefined || !moves) return [];
  if (!aliases.ok) {
    const { message, remedy } = aliases.problem;
    return [
      {
        subject: lambda.name,
        status: 'unknown',
        message: `Whether aliases of ${lambda.name} point at published versions could not be read. ${message}`,
        remedy,
      },
    ];
  }
  if (aliases.value.length === 0) return [];
  const pointing = aliases.value.map((alias) => `${alias.name} (version ${alias.versions.join(', ')})`);
  const message = `Aliases of ${lambda.name} keep the network their versions were published with: ${listed(pointing)}. Their traffic does not move.`;
  const remedy = 'Publish a version and point the aliases at it after this run.';
  return [{ subject: lambda.name, message, remedy }];
}

function judgeFileSystem({ target, changes }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (!lambda.mountsFileSystem || !isMoved(changes)) return [];
  const { currentVpcId, vpc } = target;
  const leaves = currentVpcId !== undefined && currentVpcId !== vpc.id;
  // Mount targets are in one VPC; from another one a file system is reached by peering (Lambda developer guide).
  const message = leaves
    ? `Function ${lambda.name} mounts a file system and leaves ${currentVpcId}: where ${vpc.id} has no peering or transit gateway to the VPC of its mount targets, Lambda cannot mount it and the move fails.`
    : `Function ${lambda.name} mounts a file system; after the move it needs mount targets in the new subnets that let it in.`;
  const remedy = leaves
    ? `Check that the mount targets can be reached from ${vpc.id}, with routes both ways, and admit TCP 2049 from its subnets; add \`egress\` lines for their ranges.`
    : 'Check that each zone has a mount target whose group admits TCP 2049 from the function.';
  return [{ subject: lambda.name, message, remedy }];
}

function judgeRoleUsers({ target, changes }: Facts): Verdict[] {
  const { lambda, roleUsers } = target.observed;
  const roleName = roleNameOf(lambda.roleArn);
  const isPlanned = changes.some(({ kind, label }) => kind === 'execution-role' && label === roleName);
  if (!isPlanned || roleUsers?.ok !== false) return [];
  const { message, remedy } = roleUsers.problem;
  return [
    {
      subject: roleName,
      status: 'unknown',
      message: `Whether other functions use role ${roleName}, which gets a policy, could not be read. ${message}`,
      remedy,
    },
  ];
}

/** Rules about the function and its execution role. */
export const functionRules: readonly FunctionRule[] = [
  {
    id: 'function-network-elsewhere',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.capacityProviders,
    check: judgeKind,
  },
  {
    id: 'function-failed',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.functionStates,
    check: judgeState,
  },
  {
    id: 'last-update-failed',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.functionStates,
    check: judgeLastUpdate,
  },
  {
    id: 'update-in-progress',
    about: 'function',
    severity: 'notice',
    subject: 'function',
    page: pages.functionStates,
    check: judgeUpdating,
  },
  {
    id: 'execution-role-policy',
    about: 'function',
    severity: 'error',
    subject: 'function',
    page: pages.executionRole,
    check: judgePolicy,
  },
  {
    id: 'role-users-unknown',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.executionRole,
    due: ({ target }) => target.observed.roleUsers !== undefined,
    check: judgeRoleUsers,
  },
  {
    id: 'aliases-keep-network',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.aliases,
    due: ({ target }) => target.observed.aliases !== undefined,
    check: judgeAliases,
  },
  {
    id: 'file-system-reach',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.fileSystem,
    check: judgeFileSystem,
  },
];
