import { leadsOut, otherGroups } from './aims.js';
import type { Draft, Expectation, FunctionDraft, ServiceAim } from './draft.js';
import { leadOut } from './past.js';
import { asksName } from './services.js';

/** A consent that the plan of a world needs. */
interface Need {
  /** As a line of `allow`. */
  readonly line: string;
  /** Undefined where it is about what all functions share. */
  readonly functionName?: string;
}

/** Whether anybody else is in the VPC, or may be: another account's subnets hide what is in them. */
function hasOthers({ aims, functions, neighbours, vpc }: Draft): boolean {
  const access = aims.more['endpoint-access'] ?? 'vpc';
  const here = ({ today }: FunctionDraft): boolean => today?.vpc === vpc.key;
  return (
    vpc.interfaces.length > 0 ||
    vpc.subnets.some(({ shown, free }) => shown.ownerId !== undefined || free !== undefined) ||
    neighbours.some(here) ||
    // Lambda's interfaces are shared by what wears the same groups, so that they may serve others as well.
    (access !== 'vpc' && functions.some(here))
  );
}

/** Whether an endpoint of ours that stands gets a policy that it did not have. */
function isNarrowed({ aims, vpc }: Draft, { word, type, role }: ServiceAim): boolean {
  const ours = vpc.endpoints.some((one) => one.owner === 'ours' && one.word === word && one.type === type);
  return aims.more['endpoint-policy'] !== undefined && ours && role !== 'create';
}

function forEndpoints(draft: Draft): Need[] {
  const others = hasOthers(draft);
  return draft.aims.services.flatMap((service) => {
    const { word, type, role } = service;
    const narrows = others && isNarrowed(draft, service);
    if (role === 'served' && !narrows) return [];
    if (type === 'Gateway') return others ? [{ line: `connection-drop:${word}` }] : [];
    const asks = narrows || (asksName(draft, service) && (others || word === 'execute-api'));
    return asks ? [{ line: `private-dns-redirect:${word}` }] : [];
  });
}

function forRole({ aims, neighbours, roles }: Draft, { name, role }: FunctionDraft): Need[] {
  const attached = roles.find(({ key }) => key === role)?.attached === true;
  const changes = !attached && (aims.more['iam-policy'] ?? 'managed') === 'managed';
  const isShared = neighbours.some((other) => other.role === role);
  return changes && isShared ? [{ line: `shared-role:${role}`, functionName: name }] : [];
}

function forMove(draft: Draft, { name, today }: FunctionDraft): Need[] {
  if (today === undefined) return [];
  const { aims, vpc } = draft;
  const leaves = today.vpc !== vpc.key;
  const kept = [...aims.subnets.keys, ...otherGroups(draft, name)];
  const loses = leaves || [...today.subnets, ...today.groups].some((key) => !kept.includes(key));
  const losesInternet = !leadsOut(draft, name) && (leaves || leadOut(draft, today.subnets));
  return [
    ...(loses ? [{ line: `replace-network:${name}`, functionName: name }] : []),
    ...(losesInternet ? [{ line: `internet-loss:${name}`, functionName: name }] : []),
  ];
}

/** The consents that the plan needs, told from the world alone. */
export function neededConsents(draft: Draft): Need[] {
  return [
    ...forEndpoints(draft),
    ...draft.functions.flatMap((fn) => [...forRole(draft, fn), ...forMove(draft, fn)]),
  ];
}

/** The lines of `allow`. */
export function allowLines(draft: Draft): string[] {
  const lines = [...draft.aims.grants, ...neededConsents(draft).map(({ line }) => line)];
  return [...new Set(lines)].filter((line) => !draft.withheld.includes(line));
}

/** A finding for each consent that is needed and not given. */
export function missingConsents(draft: Draft): Expectation[] {
  return neededConsents(draft)
    .filter(({ line }) => draft.withheld.includes(line))
    .map(({ line, ...about }) => ({
      ...about,
      code: 'consent-missing',
      subject: line.slice(line.indexOf(':') + 1),
    }));
}
