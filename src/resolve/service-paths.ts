import type { ServicePath } from '../model/plan.js';
import type { CallVerdict, ReachVerdict } from '../model/reach.js';
import { neededOf } from './needed.js';
import type { Target } from './target.js';

type Way = Pick<ServicePath, 'way' | 'through'>;

const BROKEN = { blocked: 'none', partly: 'partly', unknown: 'unknown' } as const;

/** What an endpoint is called that stands, and the change that makes one. */
const ENDPOINT = /^vpce-|^vpc-endpoint\//;

function wayOf({ status, lines }: ReachVerdict): Way {
  if (status !== 'reachable') return { way: BROKEN[status], through: undefined };
  const passed = lines.flatMap(({ through }) => through);
  const endpoint = passed.find((id) => ENDPOINT.test(id));
  if (endpoint === undefined) return { way: 'NAT', through: passed.find((id) => id.startsWith('nat-')) };
  return { way: 'endpoint', through: endpoint.startsWith('vpce-') ? endpoint : undefined };
}

/**
 * Every service that the function's role or configuration speaks of, and how the function reaches it after the
 * change; empty where that was not judged.
 */
export function servicePaths(target: Target, calls: readonly CallVerdict[]): ServicePath[] {
  const { name } = target.observed.lambda;
  const own = calls.filter(({ functionName }) => functionName === name);
  return (neededOf(target.observed)?.services ?? []).flatMap((need) => {
    const call = own.find(({ word }) => word === need.word);
    if (call === undefined && need.grade !== 'not') return [];
    return {
      functionName: name,
      word: need.word,
      grade: need.grade,
      label: need.label,
      evidence: need.evidence.map(({ action, policy }) => `${action} in policy ${policy}`),
      ...(call ? wayOf(call.after) : { way: 'none', through: undefined }),
      byOwnName: call?.byOwnName ?? false,
    };
  });
}
