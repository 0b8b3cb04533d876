import { leadsOut } from '../aims.js';
import type { Draft, Expectation, FunctionDraft } from '../draft.js';
import { leadOut } from '../past.js';

/** What defects rest on or change. */
export type Touch =
  | 'acl'
  | 'addresses'
  | 'consents'
  | 'dns'
  | 'encryption'
  | 'endpoints'
  | 'groups'
  | 'ipv6'
  | 'reach'
  | 'role'
  | 'state'
  | 'subnets'
  | 'tenancy';

/** A way to break a healthy world. */
export interface Defect {
  /** What is broken, for people. */
  readonly name: string;
  /** Id of the rule, or code of the finding, that must block. */
  readonly rule: string;
  /** Two defects of one world have none of these in common. */
  readonly touches: readonly Touch[];
  /**
   * Breaks the world, and tells every finding that must block because of it. Undefined, and the world as it was, where
   * there is nothing to break. Missing consents are told from the world when all defects are made, so not here.
   */
  readonly inject: (draft: Draft) => readonly Expectation[] | undefined;
}

/** The expectation of a rule about a function, for each function it holds for. */
export function forEach(
  functions: readonly FunctionDraft[],
  code: string,
  subject: (fn: FunctionDraft) => string,
): Expectation[] {
  return functions.map((fn) => ({ code, subject: subject(fn), functionName: fn.name }));
}

/** Whether no function is in a VPC yet. */
export const isFresh = ({ functions }: Draft): boolean => functions.every(({ today }) => today === undefined);

/** What must block where the functions want something that is on the internet and has no endpoint. */
export function unreached(draft: Draft, destination: string): Expectation[] {
  const { functions, vpc } = draft;
  return functions
    .filter(({ name }) => !leadsOut(draft, name))
    .map(({ name, today }) => {
      const isLost = today?.vpc === vpc.key && leadOut(draft, today.subnets);
      return { code: isLost ? 'reach-lost' : 'reach-blocked', subject: destination, functionName: name };
    });
}

/** The expectations, where at least one is of that code. */
export function ifAny(code: string, found: readonly Expectation[]): readonly Expectation[] | undefined {
  return found.some((one) => one.code === code) ? found : undefined;
}
