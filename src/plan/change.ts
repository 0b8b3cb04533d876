import type { AttributeChange, Change } from '../model/plan.js';
import { sortedSet } from '../text/words.js';

/** The parts of a change that differ from the plainest one. */
type ChangeParts = Pick<Change, 'id' | 'kind' | 'action' | 'label' | 'reason' | 'because'> & Partial<Change>;

const PLAIN = {
  attributes: [],
  disruption: undefined,
  calls: [],
  after: [],
  settle: undefined,
  functionName: undefined,
};

/** Fills in what most changes do not have. */
export function change(parts: ChangeParts): Change {
  return { ...PLAIN, ...parts };
}

/** One attribute as a list that grows, shrinks or appears. */
export function attribute(
  name: string,
  before: AttributeChange['before'],
  after: AttributeChange['after'],
): AttributeChange {
  return { name, before, after };
}

/** A list to which something is added, sorted; nothing where nothing is. */
export function grown(name: string, before: readonly string[], added: readonly string[]): AttributeChange[] {
  return added.length === 0 ? [] : [attribute(name, before, sortedSet([...before, ...added]))];
}
