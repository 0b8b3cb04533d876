import { isUpdating } from '../resources/function.js';
import { explainReason, isNetworkReason } from '../resources/update-failures.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

function judgeKind({ target }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (lambda.capacityProvider !== undefined) {
    const provider = `capacity provider ${lambda.capacityProvider}`.trimEnd();
    return [
      {
        subject: lambda.name,
        message: `The network of function ${lambda.name} is that of its ${provider}; a VpcConfig of its own has no effect.`,
        remedy:
          'Make a capacity provider with the subnets and groups that the function needs (`aws lambda create-capacity-provider`), and set it on the function: Lambda changes those of none that stands.',
      },
    ];
  }
  if (!lambda.edge) return [];
  const message = `Function ${lambda.name} runs at CloudFront edges, where a function cannot have a VPC: CloudFront refuses its next deployment with InvalidLambdaFunctionAssociation.`;
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
  const publish = `\`aws lambda publish-version --function-name ${lambda.name}\``;
  const point = `\`aws lambda update-alias --function-name ${lambda.name} --name <alias> --function-version <version>\``;
  const remedy = `Run ${publish} after this run, and ${point} for each of them.`;
  return [{ subject: lambda.name, message, remedy }];
}

/** A list of functions answers no states. */
const isStateRead = ({ target }: Facts): boolean => target.observed.lambda.stateRead;

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
    due: isStateRead,
    check: judgeState,
  },
  {
    id: 'last-update-failed',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.functionStates,
    due: isStateRead,
    check: judgeLastUpdate,
  },
  {
    id: 'update-in-progress',
    about: 'function',
    severity: 'notice',
    subject: 'function',
    page: pages.functionStates,
    due: isStateRead,
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
];
