import type { ServicePath } from '../model/plan.js';
import type { ReachLine, ReachStop } from '../model/reach.js';
import { deletionId, FUNCTION_GROUP } from '../reach/change-ids.js';
import { listing, listingOfStanding, listingText } from '../reach/listing.js';
import { stoppedLines } from '../reach/stopped-lines.js';
import { useOf } from '../resolve/endpoint-use.js';
import { hasEndpoint, leavesVpc, neededOf } from '../resolve/needed.js';
import { roleOf } from '../resolve/role-access.js';
import { names } from '../resolve/services.js';
import type { Target } from '../resolve/target.js';
import { listed } from '../text/words.js';
import { pages } from './pages.js';
import type { Facts, FunctionRule, Verdict } from './rule.js';

const NO_ENDPOINT = 'Choose subnets with a NAT gateway and add the line `tcp 443 0.0.0.0/0` to `egress`';

/** What gives a function without a way one: an endpoint where there is one, else the internet. */
function openWay(word: string, target: Target): string {
  const standing = listingOfStanding(word, target);
  if (standing !== undefined) return listingText(standing);
  const need = neededOf(target.observed)?.services.find((one) => one.word === word);
  const { autoEndpoints } = target.desired;
  // Only for `auto` the whole catalogue is read.
  const catalogue = autoEndpoints ? target.observed.services : undefined;
  if (need && hasEndpoint(need, catalogue, target.region)) {
    const isNone = target.desired.endpoints?.length === 0;
    const auto = autoEndpoints || need.caution || isNone ? '' : ', or add `auto` to it';
    return `${listing(word, target).how}${auto}${need.caution ? `; ${need.caution}` : ''}.`;
  }
  return catalogue === undefined
    ? `${NO_ENDPOINT}; no endpoint service for ${word} is known here, and \`aws ec2 describe-vpc-endpoint-services\` lists those of ${target.region}.`
    : `${NO_ENDPOINT}; AWS lists no endpoint service for ${word} in ${target.region}.`;
}

/** Whether a connection is stopped before it has left the function's own side: for want of a rule or of a route. */
function isStoppedAtOnce({ kind, id }: ReachStop, { groups }: Target): boolean {
  const own = [FUNCTION_GROUP, groups.managed?.id, ...groups.otherIds];
  return kind === 'route-table' || (groups.usesManaged && kind === 'security-group' && own.includes(id));
}

/** Beyond the function's own side the reach judgement knows best what opens the way. */
function remedyFor(word: string, stopped: ReachLine | undefined, target: Target): string {
  const { stop, remedy, moreRemedies = [], egressLine: line } = stopped ?? {};
  if (remedy !== undefined && stop !== undefined && !isStoppedAtOnce(stop, target))
    return [remedy, ...moreRemedies].join(' ');
  const open = openWay(word, target);
  return line === undefined || !/^(Add|Write) /.test(open)
    ? open
    : `${open} Or add the line \`${line}\` to \`egress\`.`;
}

/** Evidence that fits into a sentence. */
function evidenceText({ evidence, label }: ServicePath): string {
  const [first, ...others] = evidence;
  if (first === undefined) return label;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** Services that the inputs name: whether they are reached is judged by rules of their own. */
function namedByInputs({ reach }: Facts): string[] {
  const rows = reach.filter(({ askedBy }) => askedBy !== 'none');
  return rows.map(({ destination }) => destination.replace(/:interface$/, ''));
}

/** Whether the endpoint of a service may have the usual name: with `execute-api` it takes public APIs from everyone. */
function mayHaveName(word: string, target: Target): boolean {
  const service = target.services.find((one) => one.word === word || one.word === `${word}:interface`);
  if (service === undefined || word === 'execute-api' || service.entry?.privateDns === false) return false;
  const { how } = useOf({ ...service, privateDns: true }, target);
  return how === 'create' || how === 'ours';
}

/** An endpoint without the usual name is asked for in so many words; whether the code knows its own cannot be seen. */
function judgeNames({ target, services }: Facts): Verdict[] {
  const { name } = target.observed.lambda;
  return services
    .filter(({ grade, byOwnName }) => grade === 'needed' && byOwnName)
    .map((path) => ({
      subject: `${name}, ${path.word}`,
      severity: 'notice',
      message: `Function ${name} reaches ${path.word}, which its role shows it to need (${evidenceText(path)}), by the own name of ${path.through ?? 'the new endpoint'} alone: calls to the usual name would end in timeouts.`,
      remedy: `Give the client in the code the endpoint's URL${mayHaveName(path.word, target) ? ', or set `private-dns: true`' : ''}.`,
    }));
}

/** What takes the way, as the end of a sentence; nothing where none ever led there, which needs no further words. */
function causeOf(word: string, stopped: ReachLine | undefined, { target, changes }: Facts): string {
  const deletion = changes.find(({ id }) => id === deletionId(word));
  if (deletion !== undefined) return `, because the plan deletes the endpoint ${deletion.label}`;
  const isPlain = stopped?.stop === undefined || isStoppedAtOnce(stopped.stop, target);
  return isPlain ? '' : `, ${stopped.text}`;
}

function judgeNeeded(facts: Facts): Verdict[] {
  const { target, calls, services } = facts;
  const { name } = target.observed.lambda;
  const told = namedByInputs(facts);
  const unreached = services
    .filter(({ grade, way }) => grade === 'needed' && (way === 'none' || way === 'partly'))
    .filter(({ word }) => !told.includes(word))
    .map((path) => {
      const call = calls.find(({ word }) => word === path.word);
      const [stopped] = call ? stoppedLines(call.after) : [];
      const [some, from] = path.way === 'partly' ? ['some ', ' from some of its subnets'] : ['', ''];
      return {
        subject: `${name}, ${path.word}`,
        message: `Function ${name} has no way${from} to ${path.word}, which its role shows it to need (${evidenceText(path)}): ${some}calls would end in timeouts${causeOf(path.word, stopped, facts)}.`,
        remedy: remedyFor(path.word, stopped, target),
      };
    });
  return [...unreached, ...judgeNames(facts)];
}

/** What `auto` cannot stand for: policies that name no service leave it nothing to go by. */
function judgeOpen({ target, changes, services }: Facts): Verdict[] {
  const { name } = target.observed.lambda;
  const open = neededOf(target.observed)?.open ?? [];
  const isShown = services.some(({ grade }) => grade === 'needed');
  const isListed = (target.desired.endpoints ?? []).length > 0;
  const stands = changes.length === 0 || leavesVpc(target) !== undefined;
  if (!target.desired.autoEndpoints || open.length === 0 || isShown || isListed || stands) return [];
  return [
    {
      subject: name,
      severity: 'warning',
      message: `\`endpoints: auto\` finds nothing to add for function ${name}: ${listed([...new Set(open.map(({ policy }) => policy))])} of role ${roleOf(target)} allows more than it names.`,
      remedy: 'List the services that the code calls in `endpoints`.',
    },
  ];
}

function judgeMaybe(facts: Facts): Verdict[] {
  const { target, changes, services } = facts;
  const { name } = target.observed.lambda;
  const alone = judgeOpen(facts);
  // Of a network that stays as it is, the report's table says the same.
  if (changes.length === 0) return [];
  const maybe = services.filter(({ grade, way }) => grade === 'maybe' && way === 'none');
  const open = alone.length > 0 ? [] : (neededOf(target.observed)?.open ?? []);
  const isSome = services.some(({ grade }) => grade !== 'not');
  const why = ({ label }: ServicePath): string => label.replace(/^only if your code calls it: /, '');
  const sentences = [
    ...(maybe.length > 0
      ? [
          `Only if your code calls them, function ${name} lacks a way to ${listed(maybe.map((path) => `${path.word} (${why(path)})`))}.`,
        ]
      : []),
    ...(open.length > 0
      ? [
          `${isSome ? `What else function ${name} may call` : `What function ${name} calls`} cannot be known: ${listed([...new Set(open.map(({ policy }) => policy))])} of role ${roleOf(target)} allows more than it names.`,
        ]
      : []),
  ];
  if (sentences.length === 0) return alone;
  const remedy = 'Add to `endpoints` what the code itself calls.';
  return [...alone, { subject: name, message: sentences.join(' '), remedy }];
}

/** What `auto` keeps without evidence, because the role allows more than it names. */
function keptVerdicts(target: Target, services: readonly ServicePath[]): Verdict[] {
  const { desired, observed, region } = target;
  const isShown = (word: string): boolean =>
    services.some((path) => path.grade !== 'not' && path.word === word);
  const isAsked = (serviceName: string): boolean =>
    (desired.endpoints ?? []).some((wish) => names(wish, serviceName, region));
  const kept = target.services
    .filter(({ serviceName }) => !isAsked(serviceName))
    .map(({ word }) => word)
    .filter((word) => !isShown(word.replace(/:.*/, '')));
  if (kept.length === 0) return [];
  const consents = kept.map((word) => `\`delete-endpoints:${word}\``);
  return [
    {
      subject: observed.lambda.name,
      message: `\`endpoints: auto\` keeps ${listed(kept)} for function ${observed.lambda.name}, because role ${roleOf(target)} allows more than it names.`,
      // Another function of the run may need them.
      remedy:
        desired.functions.length > 1
          ? 'List the services that the code calls in place of `auto` in `endpoints`.'
          : `Add ${listed(consents)} to \`allow\` to let go of what the code does not call.`,
    },
  ];
}

function judgeChosen({ target, changes, services }: Facts): Verdict[] {
  if (!target.desired.autoEndpoints) return [];
  const { name } = target.observed.lambda;
  const asked = (target.desired.endpoints ?? []).map(({ service }) => service);
  const isMade = (word: string): boolean =>
    changes.some(({ id, action }) => action === 'create' && id === `vpc-endpoint/${word}`);
  const chosen = services.filter(
    ({ grade, word }) => grade === 'needed' && !asked.includes(word) && isMade(word),
  );
  const reasons = chosen.map((path) => `${path.word} (${evidenceText(path)})`);
  return chosen.length === 0
    ? keptVerdicts(target, services)
    : [
        ...keptVerdicts(target, services),
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

const isPathJudged = (facts: Facts): boolean =>
  isNeedRead(facts) && facts.target.observed.reach !== undefined;

/** Rules about the services that the function's code calls (domain.md row 54). */
export const serviceRules: readonly FunctionRule[] = [
  {
    id: 'service-without-path',
    about: 'function',
    severity: 'warning',
    subject: 'function',
    page: pages.functionVpcInternet,
    advises: true,
    due: isPathJudged,
    check: judgeNeeded,
  },
  {
    id: 'services-perhaps-called',
    about: 'function',
    severity: 'notice',
    subject: 'function',
    page: pages.privatelinkServices,
    advises: true,
    due: isPathJudged,
    check: judgeMaybe,
  },
  {
    id: 'endpoints-chosen',
    about: 'function',
    severity: 'notice',
    subject: 'function',
    page: pages.privatelinkServices,
    advises: true,
    due: isPathJudged,
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
