import type { Draft } from './draft.js';

/** A change to a healthy case that may break it. */
export interface Defect {
  readonly name: string;
  readonly weight: number;
  /** Makes the change; false where the case has nothing to make it on. */
  readonly apply: (draft: Draft) => boolean;
}
