import type { LambdaFunction, Tags } from '../model/observed.js';
import type { SharedTarget } from '../resolve/target.js';
import { shortHash } from '../resolve/users.js';
import { BEGUN } from '../resources/tags.js';

/** As many as a tag's value of 256 characters holds (AWS General Reference, "Tag naming limits and requirements"). */
const MOST = 25;

const nameMark = ({ name }: Pick<LambdaFunction, 'name'>): string => shortHash(name, 5);
const revisionMark = ({ revisionId = '' }: Pick<LambdaFunction, 'revisionId'>): string =>
  shortHash(revisionId, 4);

/** The marks of a tag: for each function the one of its revision, by that of its name. */
function marksOf(tags: Tags | undefined): Map<string, string> {
  const pairs = (tags?.[BEGUN] ?? '').split(' ').filter(Boolean);
  return new Map(pairs.map((pair) => [pair.slice(0, 5), pair.slice(5)]));
}

/**
 * The functions of the run with the revision that each had before its first move, as the value of a tag; undefined
 * where there are too many. What is recorded of a function stays: AWS gives it a new revision with each change
 * of its configuration, its move among them (Lambda API reference, `RevisionId`).
 */
export function begunText({ desired, lambdas, groups }: SharedTarget): string | undefined {
  if (desired.functions.length > MOST) return undefined;
  const known = marksOf(groups.managed?.tags);
  const fresh = new Map(lambdas.map((lambda) => [nameMark(lambda), revisionMark(lambda)]));
  // One that cannot be served now keeps what is known of it, and gets nothing new; one of another step does, too.
  const own = desired.functions.map(nameMark);
  const others = groups.isOfSeveral ? [...known.keys()].filter((name) => !own.includes(name)) : [];
  const marks = [...own, ...others].flatMap((name) => {
    const revision = known.get(name) ?? fresh.get(name);
    return revision === undefined ? [] : [`${name}${revision}`];
  });
  return marks.slice(0, MOST).sort().join(' ');
}

/**
 * Whether a function was changed since it was to be moved for the first time, as it is by the move itself; false
 * where that was not recorded. A move that Lambda could not carry out is nobody's change.
 */
export function wasChanged(lambda: LambdaFunction, tags: Tags): boolean {
  const mark = marksOf(tags).get(nameMark(lambda));
  return mark !== undefined && mark !== revisionMark(lambda) && lambda.lastUpdateStatus !== 'Failed';
}
