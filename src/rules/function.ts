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

/** Rules about the function. */
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
