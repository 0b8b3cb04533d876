import type { Observed, ObservedFunctions } from '../../src/model/observed.js';

/** What a run about these functions read; the network around them is that of the first one. */
export function observedFunctions(...each: readonly [Observed, ...Observed[]]): ObservedFunctions {
  const [{ lambda: _lambda, policies: _policies, aliases: _aliases, ...network }] = each;
  return {
    ...network,
    functions: each.map(({ lambda, policies, aliases }) => ({ lambda, policies, aliases })),
  };
}
