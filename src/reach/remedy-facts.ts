import type { ObservedNetwork } from '../model/observed.js';
import type { Change } from '../model/plan.js';
import type { ReachLine } from '../model/reach.js';
import type { Outcome } from '../network/verdict.js';
import type { SharedTarget } from '../resolve/target.js';
import { type Listing, listing } from './listing.js';
import type { Question } from './questions.js';

/** What a remedy is written from. */
export interface RemedyFacts {
  readonly question: Question;
  readonly target: SharedTarget;
  readonly functionName: string;
  /** The network that the verdict is about. */
  readonly observed: ObservedNetwork;
  readonly changes: readonly Change[];
  /** The subnet that the connection starts from. */
  readonly subnetId: string;
  /** Whether routes and network ACLs let a function of this subnet reach the internet, its groups aside. */
  readonly hasWayOut: () => boolean;
  /** What the network says of the connection where the function's groups let everything out. */
  readonly behindGroups: () => Outcome | undefined;
}

/** What opens a line: see {@link ReachLine}. */
export type Remedy = Pick<ReachLine, 'remedy' | 'egressLine'>;

/** How `endpoints` gives the function an endpoint of the service; undefined where it is there, or no service. */
export function endpointLine({ question, target }: RemedyFacts): Listing | undefined {
  const { word } = question;
  const listed = target.services.some((service) => service.word === word);
  const known = target.observed.services;
  // Of services that nobody asked for by name the catalogue need not have been read.
  const isLookedUp = question.askedBy === 'reaches' || target.desired.autoEndpoints;
  const hasNone =
    isLookedUp &&
    known !== undefined &&
    known.length > 0 &&
    !known.some(({ name }) => name.endsWith(`.${word}`));
  return word === undefined || listed || hasNone ? undefined : listing(word, target);
}
