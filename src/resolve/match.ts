import { isMatch } from 'matcher';
import type { Condition, Selector } from '../model/desired.js';
import type { Tags } from '../model/observed.js';

/** What can be selected: a VPC or a subnet. */
interface Selectable {
  readonly id: string;
  readonly name: string | undefined;
  readonly tags: Tags;
}

function holds(condition: Condition, thing: Selectable): boolean {
  if (condition.kind === 'tag') return thing.tags[condition.key] === condition.value;
  return thing.name !== undefined && isMatch(thing.name, condition.glob, { caseSensitive: true });
}

/** Whether a selector by id or by conditions picks a thing; `private` needs routes and is judged elsewhere. */
export function picks(selector: Selector, thing: Selectable): boolean {
  if (selector.kind === 'id') return thing.id === selector.id;
  return selector.kind === 'match' && selector.conditions.every((condition) => holds(condition, thing));
}

/** A selector as the user wrote it. */
export function selectorText(selector: Selector): string {
  if (selector.kind === 'id') return selector.id;
  return selector.kind === 'private' ? 'private' : selector.text;
}
