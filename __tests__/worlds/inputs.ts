import { allowLines } from './consents.js';
import type { Draft } from './draft.js';

/** The region of every world: the one that functions at the edge are made in. */
export const region = 'us-east-1';

const braced = (keys: readonly string[]): string => keys.map((key) => `{${key}}`).join('\n');

function subnetsInput({ aims }: Draft): string | undefined {
  const { how, keys } = aims.subnets;
  const texts = {
    ids: braced(keys),
    tag: 'tag:Tier=app',
    name: 'name:app-*',
    private: 'private',
    today: undefined,
  };
  return texts[how];
}

/** The inputs of a step that asked for all but one of the endpoints; undefined where none is made. */
export function earlierInputsOf(draft: Draft): Record<string, string> | undefined {
  const later = draft.aims.services.find(({ role }) => role === 'create');
  if (later === undefined) return undefined;
  const words = draft.aims.services.filter((service) => service !== later).map(({ word }) => word);
  const { reaches: _, ...inputs } = inputsOf(draft);
  return { ...inputs, endpoints: words.join('\n') || 'none' };
}

/** The inputs of the step; those not asked for are left out. */
export function inputsOf(draft: Draft): Record<string, string> {
  const { aims, functions, vpc } = draft;
  const lines = (values: readonly string[]): string | undefined => values.join('\n') || undefined;
  const inputs: Record<string, string | undefined> = {
    'function-name': functions.map(({ name }) => name).join(', '),
    'aws-region': region,
    vpc: aims.namesVpc ? `{${vpc.key}}` : undefined,
    subnets: subnetsInput(draft),
    'endpoint-subnets': aims.endpointSubnets && braced(aims.endpointSubnets),
    'security-groups': aims.groups?.map((key) => (key === 'managed' ? key : `{${key}}`)).join(', '),
    endpoints: lines(aims.services.map(({ word }) => word)),
    egress: lines(aims.egress),
    reaches: lines(aims.reaches),
    allow: lines(allowLines(draft)),
    ...aims.more,
  };
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}
