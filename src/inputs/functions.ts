import type { FunctionReference } from '../model/desired.js';
import type { Complain } from './problems.js';
import { readList } from './words.js';

/** One function of the input `function-name`. */
export interface FunctionName extends FunctionReference {
  /** Region of the ARN. */
  readonly region: string | undefined;
}

const ARN = /^arn:[a-z-]+:lambda:([a-z0-9-]+):\d{12}:function:([A-Za-z0-9-_]{1,64})(?::([A-Za-z0-9$_-]+))?$/;
const NAME = /^([A-Za-z0-9-_]{1,64})(?::([A-Za-z0-9$_-]+))?$/;

/** A name or a whole ARN, not qualified. A part of an ARN could hide another account. */
function parseFunction(text: string, complain: Complain): FunctionName | undefined {
  const arn = ARN.exec(text);
  const name = arn?.[2] ?? NAME.exec(text)?.[1];
  const qualifier = arn ? arn[3] : NAME.exec(text)?.[2];
  if (name === undefined) {
    complain({ value: text, expected: 'the name or the whole ARN of a function' });
    return undefined;
  }
  if (qualifier !== undefined && qualifier !== '$LATEST') {
    const why = 'published versions keep the network they were published with';
    complain({
      value: text,
      expected: `an unqualified function (\`:${qualifier}\` names a version or alias; ${why})`,
    });
    return undefined;
  }
  return { name, arn: arn ? text.replace(/:\$LATEST$/, '') : undefined, region: arn?.[1] };
}

/** What must be the same for all functions: the account and region of their ARNs. */
function placeOf({ arn = '' }: FunctionName): string {
  return arn.split(':').slice(0, 5).join(':');
}

/** Parses `function-name`: one or more functions of one account and region, each once. */
export function parseFunctions(text: string, complain: Complain): FunctionName[] {
  const named = new Map<string, FunctionName>();
  let first: FunctionName | undefined;
  for (const { text: value, words } of readList(text, complain)) {
    const found = parseFunction(words.join(' '), complain);
    if (found === undefined) continue;
    const other = named.get(found.name) ?? found;
    if (found.arn !== undefined && first && placeOf(first) !== placeOf(found)) {
      complain({ value, expected: `of the account and region of ${first.arn}` });
      continue;
    }
    if (found.arn !== undefined) first ??= found;
    named.set(found.name, { ...other, arn: other.arn ?? found.arn, region: other.region ?? found.region });
  }
  return [...named.values()];
}

/** Parses `aws-region`. */
export function parseRegion(text: string, complain: Complain): string | undefined {
  if (/^[a-z]{2,5}(-[a-z]+)+-\d{1,2}$/.test(text)) return text;
  complain({ value: text, expected: 'a region such as `us-east-2`' });
  return undefined;
}

/** Parses `resource-name`: it must leave room for suffixes in group names and fit into tags. */
export function parseResourceName(text: string, complain: Complain): string | undefined {
  if (/^(?!sg-)[A-Za-z0-9][A-Za-z0-9 ._\-:/@+=]{0,127}$/.test(text)) return text;
  complain({
    value: text,
    expected: 'a name of 1 to 128 letters, digits and ._-:/@+= that does not begin with `sg-`',
  });
  return undefined;
}
