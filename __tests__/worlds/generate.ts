import { type Random, randomFrom } from '../network/fuzz/random.js';
import type { ProxyOptions } from '../support/proxy/options.js';
import { aimAtEndpoints, aimAtPeers, aimAtPublicSubnets, aimAtSubnets, aimAtTheRest } from './aims.js';
import { missingConsents } from './consents.js';
import type { Defect } from './defects/defect.js';
import { defects } from './defects/table.js';
import type { Draft, Expectation } from './draft.js';
import { earlierInputsOf, inputsOf } from './inputs.js';
import { addFunctions, addNeighbours, addOthers } from './past.js';
import { addServices } from './services.js';
import { otherVpcOf, vpcOf } from './shape.js';

/** A world that can be built, and what the run must say of it; the same for the same seed and number. */
export interface World {
  readonly seed: number;
  readonly number: number;
  readonly draft: Draft;
  readonly inputs: Readonly<Record<string, string>>;
  /** Inputs of a run that connected the functions before, for fewer endpoints; undefined where there was none. */
  readonly earlier: Readonly<Record<string, string>> | undefined;
  readonly options: Partial<ProxyOptions>;
  /** Names of the defects; empty for a healthy world. */
  readonly injected: readonly string[];
  /** The findings that must block, and no others. */
  readonly expected: readonly Expectation[];
}

/** Every so many worlds are healthy. */
const HEALTHY_SHARE = 0.4;

function healthyDraft(random: Random): Draft {
  const draft: Draft = {
    random,
    vpc: vpcOf(random),
    other: random.chance(0.35) ? otherVpcOf(random) : undefined,
    roles: [],
    functions: [],
    neighbours: [],
    aims: {
      subnets: { how: 'ids', keys: [] },
      endpointSubnets: undefined,
      services: [],
      groups: undefined,
      egress: [],
      reaches: [],
      namesVpc: false,
      grants: [],
      more: {},
    },
    options: {},
    withheld: [],
    expected: [],
    injected: [],
  };
  addFunctions(draft);
  addNeighbours(draft);
  addOthers(draft);
  aimAtSubnets(draft);
  if (random.chance(0.06)) aimAtPublicSubnets(draft);
  aimAtEndpoints(draft);
  addServices(draft);
  aimAtPeers(draft);
  aimAtTheRest(draft);
  return draft;
}

/** Makes a defect, where the world has something to make it on. */
function inject(draft: Draft, defect: Defect): boolean {
  const found = defect.inject(draft);
  if (found === undefined) return false;
  draft.expected.push(...found);
  draft.injected.push(defect.name);
  return true;
}

/** Makes defects that share nothing with those made. */
function injectMore(draft: Draft, first: Defect, count: number): void {
  const touched = new Set(first.touches);
  for (let attempt = 0; attempt < 10 && draft.injected.length < count; attempt += 1) {
    const defect = draft.random.pick(defects);
    if (defect.touches.some((what) => touched.has(what)) || !inject(draft, defect)) continue;
    for (const what of defect.touches) touched.add(what);
  }
}

/** Draws worlds until one has something to make the defect on. */
function brokenDraft(random: Random, defect: Defect): Draft {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const draft = healthyDraft(random);
    if (!inject(draft, defect)) continue;
    injectMore(draft, defect, random.pick([1, 1, 2, 3]));
    return draft;
  }
  throw new Error(`no world has something to make the defect on: ${defect.name}`);
}

/** The world of a seed and number. Defects take turns, so that each comes as often as any other. */
export function worldOf(seed: number, number: number): World {
  const random = randomFrom(seed * 100_003 + number);
  const turn = Math.floor(number * (1 - HEALTHY_SHARE));
  const isHealthy = turn === Math.floor((number - 1) * (1 - HEALTHY_SHARE));
  const defect = defects[turn % defects.length];
  const draft = isHealthy || defect === undefined ? healthyDraft(random) : brokenDraft(random, defect);
  return {
    seed,
    number,
    draft,
    inputs: inputsOf(draft),
    earlier: draft.injected.length === 0 && random.chance(0.3) ? earlierInputsOf(draft) : undefined,
    options: draft.options,
    injected: draft.injected,
    expected: [...draft.expected, ...missingConsents(draft)],
  };
}
