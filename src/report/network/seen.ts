import type { ObservedFunctions, Vpc } from '../../model/observed.js';
import type { RunRecord } from '../../model/run.js';

/** A run's facts of the network, all read. */
export interface Seen {
  readonly record: RunRecord;
  readonly observed: ObservedFunctions;
  /** The VPC the run is about; its route tables, groups and network ACLs were read. */
  readonly vpc: Vpc;
}
