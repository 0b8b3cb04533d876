import { MAX_ENDPOINT_POLICY } from '../iam/endpoint-policy.js';
import { isObject, parseJson } from '../text/json.js';
import type { Complain } from './problems.js';

/** The text of a file of the repository, by its path; undefined where there is none that can be read. */
export type ReadFile = (path: string) => string | undefined;

/** Whether the input is the document itself and not the path of one. */
export function isDocument(text: string): boolean {
  return /^[[{]/.test(text);
}

/** Parses the document of `endpoint-policy`. */
export function parseEndpointPolicy(text: string, complain: Complain): string | undefined {
  const value = text;
  if (!isDocument(text)) {
    complain({ value, expected: 'a file that holds JSON' });
  } else if (text.length > MAX_ENDPOINT_POLICY) {
    complain({
      value,
      expected: `a policy of at most ${MAX_ENDPOINT_POLICY} characters (it has ${text.length})`,
    });
  } else {
    const document = parseJson(text);
    if (isObject(document) && 'Statement' in document) return JSON.stringify(document);
    complain({ value, expected: 'a policy in JSON with a `Statement`' });
  }
  return undefined;
}
