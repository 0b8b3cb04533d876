import type { Answer } from './answers.js';
import type { Catalogue } from './catalogue.js';
import type { Memory } from './memory.js';
import type { ProxyOptions } from './options.js';
import type { AwsRequest } from './request.js';
import type { AwsState } from './state.js';

/** What the handling of one call may look at and change. */
export interface Context {
  readonly options: ProxyOptions;
  readonly memory: Memory;
  /** moto's resources in the region of the call. */
  readonly state: AwsState;
  readonly catalogue: Catalogue;
  /** Sends a request to moto as it is. */
  readonly forward: (request: AwsRequest) => Promise<Answer>;
}
