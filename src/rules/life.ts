import { deprecationOf } from '../resources/runtimes.js';
import { pages } from './pages.js';
import { type Facts, type FunctionRule, isMoved, type Verdict } from './rule.js';

/** Lambda reclaims the interfaces of a function that is not called for long (domain.md row 16). */
function judgeInactive({ target }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (lambda.state !== 'Inactive') return [];
  const message = `Function ${lambda.name} is inactive: Lambda took its resources back because nothing called it. The next call fails and makes them anew, which takes about a minute.`;
  const remedy = `Call the function once after this run, for example with \`aws lambda invoke --function-name ${lambda.name} answer.json\`, and again a minute later.`;
  return [{ subject: lambda.name, message, remedy }];
}

/** States that other rules speak of, and the one that is as it should be. */
const KNOWN_STATES = ['Active', 'Failed', 'Inactive', 'Pending'];

function judgeState({ target }: Facts): Verdict[] {
  const { lambda } = target.observed;
  if (!lambda.stateRead || KNOWN_STATES.includes(lambda.state)) return [];
  const why = lambda.stateReason ? ` (${lambda.stateReason})` : '';
  return [
    {
      subject: lambda.name,
      message: `Function ${lambda.name} is in the state ${lambda.state}${why}, in which it cannot be called.`,
      remedy: 'Look at the function in the Lambda console, and run the job again when it is active.',
    },
  ];
}

function judgeRuntime({ target, changes }: Facts): Verdict[] {
  const { name, runtime } = target.observed.lambda;
  const found = deprecationOf(runtime);
  if (found === undefined || !isMoved(changes)) return [];
  const { deprecated, updatesBlocked } = found;
  return [
    {
      subject: name,
      message: `Runtime ${runtime} of function ${name} is deprecated since ${deprecated}. AWS refuses updates of such functions from ${updatesBlocked} on, this one's move among them.`,
      remedy: 'Move the function to a supported runtime first, or look up whether AWS has moved the date.',
    },
  ];
}

/** Rules about the state and the age of a function. */
export const lifeRules: readonly FunctionRule[] = [
  {
    id: 'function-inactive',
    about: 'function',
    severity: 'notice',
    subject: 'function',
    page: pages.functionStates,
    due: ({ target }) => target.observed.lambda.stateRead,
    check: judgeInactive,
  },
  {
    id: 'function-not-live',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.functionStates,
    due: ({ target }) => target.observed.lambda.stateRead,
    check: judgeState,
  },
  {
    id: 'runtime-deprecated',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.runtimes,
    check: judgeRuntime,
  },
];
