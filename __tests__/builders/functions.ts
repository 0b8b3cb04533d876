import type { Observed, ObservedFunctions } from '../../src/model/observed.js';

/** What a run about these functions read; the network around them is that of the first one. */
export function observedFunctions(...each: readonly [Observed, ...Observed[]]): ObservedFunctions {
  const [{ lambda: _, policies: _p, aliases: _a, provisioned: _c, tags: _t, role: _r, ...network }] = each;
  return {
    ...network,
    functions: each.map(({ lambda, policies, aliases, provisioned, tags, role }) => ({
      lambda,
      policies,
      aliases,
      provisioned,
      tags,
      role,
    })),
  };
}
