import type { PolicySource } from '../model/role.js';
import { isObject, type JsonObject } from '../text/json.js';

/** What a statement lists: only these patterns, or everything except them (`NotAction`, `NotResource`). */
export interface Patterns {
  readonly kind: 'only' | 'except';
  readonly values: readonly string[];
}

/** One test of a `Condition` block; all tests of a statement must hold. */
export interface PolicyCondition {
  /** For example `StringEquals` or `ForAnyValue:StringLike`, as written. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Whom a statement of a trust policy is about. */
export interface Principals {
  readonly kind: 'only' | 'except';
  /** By kind of principal, for example `Service` or `AWS`; everybody is `{ '*': ['*'] }`. */
  readonly byType: ReadonlyMap<string, readonly string[]>;
}

/** One statement of a policy document. */
export interface Statement {
  /** The `Sid`, or `statement 2` for the second one where it has none. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Patterns;
  /** Undefined in trust policies, which have no resources. */
  readonly resources: Patterns | undefined;
  readonly principals: Principals | undefined;
  readonly conditions: readonly PolicyCondition[];
}

/** A policy that could be understood. */
export interface Policy {
  readonly readable: true;
  readonly name: string;
  readonly source: PolicySource;
  readonly statements: readonly Statement[];
}

/** A policy whose document is not what IAM's grammar says; nothing may be concluded from it. */
export interface UnreadablePolicy {
  readonly readable: false;
  readonly name: string;
  readonly source: PolicySource;
  /** What is wrong, without text from the document. */
  readonly reason: string;
}

/** What parsing a document gives. */
export type ParsedPolicy = Policy | UnreadablePolicy;

/** Stops reading a document at its first fault; never leaves this file. */
class Fault extends Error {}

/**
 * The JSON text of a document. IAM answers it percent-encoded as RFC 3986 says (IAM API Reference, GetRolePolicy,
 * GetPolicyVersion, GetRole); text that is JSON already is left alone. Undefined when it cannot be decoded.
 */
export function decodeDocument(text: string): string | undefined {
  if (/^\s*\{/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a policy document (IAM User Guide, "Grammar of the IAM JSON policy language"). Never throws: what breaks
 * the grammar makes the whole policy unreadable, because a statement left out could be the one that denies.
 */
export function parsePolicy(name: string, source: PolicySource, text: string): ParsedPolicy {
  try {
    const document = readJson(text);
    const listed = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
    const statements = listed.map((statement: unknown, index) => readStatement(statement, index + 1));
    return { readable: true, name, source, statements };
  } catch (error) {
    const reason = error instanceof Fault ? error.message : 'the document is not JSON';
    return { readable: false, name, source, reason };
  }
}

function readJson(text: string): JsonObject {
  const decoded = decodeDocument(text);
  if (decoded === undefined) throw new Fault('the document is not percent-encoded correctly');
  const value: unknown = JSON.parse(decoded);
  if (!isObject(value)) throw new Fault('the document is not an object');
  return value;
}

function readStatement(value: unknown, number: number): Statement {
  const place = `statement ${number}`;
  if (!isObject(value)) throw new Fault(`${place} is not an object`);
  const { Sid: sid, Effect: effect } = value;
  if (effect !== 'Allow' && effect !== 'Deny') throw new Fault(`${place} has no Effect of Allow or Deny`);
  const actions = readPatterns(value, 'Action', place);
  if (actions === undefined) throw new Fault(`${place} has no Action`);
  return {
    label: typeof sid === 'string' && sid !== '' ? sid : place,
    effect,
    actions,
    resources: readPatterns(value, 'Resource', place),
    principals: readPrincipals(value, place),
    conditions: readConditions(value.Condition, place),
  };
}

function readPatterns(statement: JsonObject, element: string, place: string): Patterns | undefined {
  const except = `Not${element}`;
  if (statement[element] !== undefined && statement[except] !== undefined)
    throw new Fault(`${place} has both ${element} and ${except}`);
  if (statement[element] !== undefined)
    return { kind: 'only', values: readTexts(statement[element], `${element} of ${place}`) };
  if (statement[except] !== undefined)
    return { kind: 'except', values: readTexts(statement[except], `${except} of ${place}`) };
  return undefined;
}

function readPrincipals(statement: JsonObject, place: string): Principals | undefined {
  const { Principal: only, NotPrincipal: except } = statement;
  if (only !== undefined && except !== undefined)
    throw new Fault(`${place} has both Principal and NotPrincipal`);
  const value = only ?? except;
  if (value === undefined) return undefined;
  const kind = only === undefined ? 'except' : 'only';
  if (value === '*') return { kind, byType: new Map([['*', ['*']]]) };
  if (!isObject(value)) throw new Fault(`Principal of ${place} is neither * nor an object`);
  const entries = Object.entries(value);
  return { kind, byType: new Map(entries.map(([type, names]) => [type, readTexts(names, place)])) };
}

function readConditions(value: unknown, place: string): PolicyCondition[] {
  if (value === undefined) return [];
  if (!isObject(value)) throw new Fault(`Condition of ${place} is not an object`);
  return Object.entries(value).flatMap(([operator, tests]) => {
    if (!isObject(tests)) throw new Fault(`Condition of ${place} has an operator without keys`);
    return Object.entries(tests).map(([key, values]) => ({
      operator,
      key,
      values: readTexts(values, `Condition of ${place}`),
    }));
  });
}

/** A text or a list of texts; numbers and truth values, which conditions may hold, become texts. */
function readTexts(value: unknown, place: string): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.map((one: unknown) => {
    if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return String(one);
    throw new Fault(`${place} holds something that is not text`);
  });
}
