import type { ServicePath } from '../model/plan.js';
import { hasEndpoint, neededOf } from '../resolve/needed.js';
import { roleOf } from '../resolve/role-access.js';
import { servicePaths, unlistedEndpoint } from '../resolve/service-paths.js';
import type { Target } from '../resolve/target.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import type { Facts, FunctionRule, Verdict } from './rule.js';

function remedyFor({ word }: ServicePath, target: Target): string {
  const standing = unlistedEndpoint({ word }, target);
  if (standing) return `Add \`${word}\` to \`endpoints\`: ${standing.id} serves it already.`;
  const need = neededOf(target.observed)?.services.find((one) => one.word === word);
  // Only for `auto` the whole catalogue is read.
  const catalogue = target.desired.autoEndpoints ? target.observed.services : undefined;
  if (need && hasEndpoint(need, catalogue, target.region)) {
    const auto = target.desired.autoEndpoints || need.caution ? '' : ', or add `auto` to it';
    return `Add \`${word}\` to \`endpoints\`${auto}${need.caution ? `; ${need.caution}` : ''}.`;
  }
  return `Choose subnets with a NAT gateway and add \`egress: tcp 443 0.0.0.0/0\`; AWS has no endpoint for ${word} here.`;
}

/** Evidence that fits into a sentence. */
function evidenceText({ evidence, label }: ServicePath): string {
  const [first, ...others] = evidence;
  if (first === undefined) return label;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

function judgeNeeded({ target, uses, reach }: Facts): Verdict[] {
  const { name } = target.observed.lambda;
  return servicePaths(target, uses, reach)
    .filter(({ grade, way }) => grade === 'needed' && way === 'none')
    .map((path) => ({
      subject: `${name}, ${path.word}`,
      message: `Function ${name} has no way to ${path.word}, which its role shows it to need (${evidenceText(path)}): calls would end in timeouts.`,
      remedy: remedyFor(path, target),
    }));
}

function judgeMaybe({ target, uses, changes, reach }: Facts): Verdict[] {
  const { name } = target.observed.lambda;
  // Of a network that stays as it is, the report's table says the same.
  if (changes.length === 0) return [];
  const maybe = servicePaths(target, uses, reach).filter(
    ({ grade, way }) => grade === 'maybe' && way === 'none',
  );
  const open = neededOf(target.observed)?.open ?? [];
  const why = ({ label }: ServicePath): string => label.replace(/^only if your code calls it: /, '');
  const sentences = [
    ...(maybe.length > 0
      ? [
          `Only if your code calls them, function ${name} lacks a way to ${listed(maybe.map((path) => `${path.word} (${why(path)})`))}.`,
        ]
      : []),
    ...(open.length > 0
      ? [
          `What else it may call cannot be known: ${listed([...new Set(open.map(({ policy }) => policy))])} of role ${roleOf(target)} allows more than it names.`,
        ]
      : []),
  ];
  if (sentences.length === 0) return [];
  const remedy = 'Add to `endpoints` what the code itself calls.';
  return [{ subject: name, message: sentences.join(' '), remedy }];
}

function judgeChosen({ target, uses, changes, reach }: Facts): Verdict[] {
  if (!target.desired.autoEndpoints) return [];
  const { name } = target.observed.lambda;
  const asked = (target.desired.endpoints ?? []).map(({ service }) => service);
  const isMade = (word: string): boolean =>
    changes.some(({ id, action }) => action === 'create' && id === `vpc-endpoint/${word}`);
  const chosen = servicePaths(target, uses, reach).filter(
    ({ grade, word }) => grade === 'needed' && !asked.includes(word) && isMade(word),
  );
  if (chosen.length === 0) return [];
  const reasons = chosen.map((path) => `${path.word} (${evidenceText(path)})`);
  return [
    {
      subject: name,
      message: `\`endpoints: auto\` adds what the role of function ${name} shows it to need: ${listed(reasons)}.`,
      remedy: 'List the services in `endpoints` instead if you want to choose them yourself.',
    },
  ];
}

function judgeReading({ target }: Facts): Verdict[] {
  const documents = target.observed.role?.documents;
  if (documents?.ok !== false || target.desired.autoEndpoints) return [];
  const { message, remedy } = documents.problem;
  return [
    {
      subject: roleOf(target),
      status: 'unknown',
      message: `Which services function ${target.observed.lambda.name} needs was not looked up: the policies of role ${roleOf(target)} could not be read. ${message}`,
      remedy,
    },
  ];
}

const isNeedRead = ({ target }: Facts): boolean => target.observed.role?.documents !== undefined;

/** Rules about the services that the function's code calls (domain.md row 54). */
export const serviceRules: readonly FunctionRule[] = [
  {
    id: 'service-without-path',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.functionVpcInternet,
    advises: true,
    due: isNeedRead,
    check: judgeNeeded,
  },
  {
    id: 'services-perhaps-called',
    about: 'function',
    severity: 'notice',
    subject: 'function',
    page: pages.privatelinkServices,
    advises: true,
    due: isNeedRead,
    check: judgeMaybe,
  },
  {
    id: 'endpoints-chosen',
    about: 'function',
    severity: 'notice',
    subject: 'function',
    page: pages.privatelinkServices,
    advises: true,
    due: isNeedRead,
    check: judgeChosen,
  },
  {
    id: 'needed-services-unread',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.rolePolicies,
    advises: true,
    due: isNeedRead,
    check: judgeReading,
  },
];
