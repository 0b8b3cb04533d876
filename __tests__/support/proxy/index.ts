import type { Answer } from './answers.js';
import type { Call } from './calls.js';
import { makeCatalogue } from './catalogue.js';
import type { Context } from './context.js';
import { type Fault, type FaultMaker, makeFaults } from './faults.js';
import { makeForward } from './forward.js';
import type { Input, InputValue } from './input.js';
import { emptyMemory, endpointMemory, type Memory } from './memory.js';
import { defaultOptions, type ProxyOptions } from './options.js';
import { answerOf } from './pipeline.js';
import { startServer } from './server.js';
import { type AwsState, awsState } from './state.js';
import { functionMemory } from './translate/functions.js';

/**
 * The fault proxy: AWS as the action sees it, made of moto and of what moto lacks.
 *
 * Every call is recorded, delayed, given to the faults, refused where AWS refuses, sent to moto, and its answer
 * translated into what AWS would say. Start one with `startProxy(moto.url, options)`, or in a jest file with
 * `withTestBed(options)` (`../test-bed.ts`), which empties moto and the proxy before each test.
 *
 * Options (`options.ts`, with their defaults; `setOptions` changes them at any time, `reset` restores them):
 *
 *     latency: 0                   ms before every call takes effect; use 50 or more where `depth` is measured
 *     endpointPendingPolls: 1      a created interface endpoint is `pending` in that many describes
 *     endpointFailure              { serviceName?, code, message }: it ends in `failed` with that LastError
 *     endpointDeletingPolls: 1     a deleted one is `deleting` in that many describes, then it is gone
 *     functionInProgressPolls: 1   an update is InProgress in that many reads of the function
 *     functionFailure              { code, reason }: it ends in Failed, and the former VpcConfig stays
 *     rolePropagationRefusals: 0   updates refused after a policy was attached to the role
 *     lingeringInterfacePolls: 1   Lambda's interfaces outlive the function's leaving by that many describes
 *     pageSize                     elements in one page of every list
 *     serviceZones: {}             { 'com.amazonaws.us-east-2.logs': ['us-east-2a'] }
 *     servicesWithoutPrivateDns: []
 *     blockedRuntimes: []          ['python3.8']: no configuration of such a function can be changed
 *     endpointPrice: 0.0100000000  USD an hour for an interface endpoint in a zone
 *     canaries: {}                 { environment: { NAME: 'secret' }, codeLocation: 'secret' } in Lambda's answers
 *     federation                   { issuer, audiences, subjects }: ID tokens are checked as an account would do it
 *     sessionSeconds: []           [301]: the first session of an assumed role lasts that long
 *     refusals: 'all'              or 'none', or { except: ['private-dns-conflict'] }: ids of `refusals/*.ts`
 *
 * Faults (`faults.ts`): `inject({ when: { action?, nth?, predicate? }, times?, do: effect })` with the effects
 * throttle, deny, error, html500, drop (before or after the effect), delay, and run (a function of the test, before
 * or after the effect: to change the world, or to send a signal). `deny('ec2:CreateVpcEndpoint')` and
 * `throttleEveryDistinctCall(3)` are ready-made, and `allowOnly(policy, …)` of `permissions.ts` refuses every action
 * that those policy documents do not allow; actions may hold `*`.
 *
 * Counting (`calls.ts`): `calls` of the proxy, and `count`, `depth`, `writes`, `tally` of a list of calls. Inputs of
 * calls have the names of the wire: `SubnetId`, not `SubnetIds`; everything in EC2, IAM and STS is text.
 *
 * What others do to the world: build and change it past the proxy (`../worlds/`); for what moto cannot hold there
 * are `touchFunction`, `busyFunction`, `keepFunctionMembers`, `markRequesterManaged`, `holdEndpoint`, `showNetwork` and
 * `releaseInterfaces`.
 */
export interface FaultProxy {
  /** For `AWS_ENDPOINT_URL`. */
  readonly url: string;
  /** Every call so far, in the order of arrival; a copy. */
  readonly calls: readonly Call[];
  /** Resolves when every call has taken effect, those of a killed client included. */
  idle(): Promise<void>;
  /** Forgets calls, faults, options and what it remembers of resources: as new. */
  reset(): void;
  /** Forgets the calls so far, so that a second run is counted from 0. */
  forgetCalls(): void;
  /** Changes the options named; the others stay. */
  setOptions(options: Partial<ProxyOptions>): void;
  /** Adds faults. They last until they have struck often enough, `clearFaults` or `reset`. */
  inject(...faults: readonly (Fault | FaultMaker)[]): void;
  clearFaults(): void;
  /** Somebody else deployed the function: it has a new RevisionId. */
  touchFunction(name: string, region?: string): void;
  /**
   * Somebody else's update of the function is running: it is InProgress for that many reads, refuses updates until
   * then, and has a new RevisionId afterwards.
   */
  busyFunction(name: string, polls: number, region?: string): void;
  /** Members of the function's configuration that moto does not keep, such as DeadLetterConfig. */
  keepFunctionMembers(name: string, members: Readonly<Record<string, InputValue>>, region?: string): void;
  /** The endpoint belongs to an AWS service (GuardDuty and the like): its owner cannot change it. */
  markRequesterManaged(endpointId: string): void;
  /** The endpoint stays in that state, as one that waits for its acceptance or was rejected. */
  holdEndpoint(endpointId: string, state: string): void;
  /** Members of a VPC or subnet that moto does not keep, by their names in EC2's answers, such as `ownerId`. */
  showNetwork(id: string, members: Input): void;
  /** Lambda gives back, at the next look, every interface that no function uses. */
  releaseInterfaces(): void;
  /** moto's own view of a region, past the proxy. */
  state(region: string): AwsState;
  stop(): Promise<void>;
}

const usualRegion = 'us-east-2';

/** Starts a proxy on a free port, in front of moto at that URL. */
export async function startProxy(motoUrl: string, given: Partial<ProxyOptions> = {}): Promise<FaultProxy> {
  const { forward, close } = makeForward(motoUrl);
  const catalogue = makeCatalogue(forward);
  const states = new Map<string, AwsState>();
  const faults = makeFaults();
  let options: ProxyOptions = { ...defaultOptions, ...given };
  let memory: Memory = emptyMemory();
  let calls: (Call & { readonly invocationId: string })[] = [];
  const state = (region: string): AwsState => {
    const found = states.get(region) ?? awsState(motoUrl, region);
    states.set(region, found);
    return found;
  };
  const contextFor = (region: string): Context => ({
    options,
    memory,
    catalogue,
    forward,
    state: state(region),
  });
  const server = await startServer({
    get calls() {
      return calls;
    },
    latency: () => options.latency,
    strike: faults.strike,
    contextFor,
    answerOf: (request, context): Promise<Answer> => answerOf(request, context),
  });
  // Reading the catalogue takes a quarter of a second; no timed call shall pay for it.
  await catalogue(usualRegion, options);
  return {
    url: server.url,
    idle: server.idle,
    get calls() {
      return [...calls];
    },
    reset: () => {
      calls = [];
      memory = emptyMemory();
      options = { ...defaultOptions, ...given };
      faults.clear();
    },
    forgetCalls: () => {
      calls = [];
    },
    setOptions: (changes) => {
      options = { ...options, ...changes };
    },
    inject: faults.inject,
    clearFaults: faults.clear,
    ...worldChanges(() => memory),
    state,
    stop: async () => {
      await server.stop();
      for (const { clients } of states.values()) clients.close();
      close();
    },
  };
}

/** What others do to the world that moto cannot hold. */
function worldChanges(memory: () => Memory) {
  return {
    touchFunction: (name: string, region = usualRegion): void => {
      functionMemory(memory(), region, name).revisionId = crypto.randomUUID();
    },
    busyFunction: (name: string, polls: number, region = usualRegion): void => {
      Object.assign(functionMemory(memory(), region, name), { updating: true, inProgressPolls: polls });
    },
    keepFunctionMembers: (
      name: string,
      members: Readonly<Record<string, InputValue>>,
      region = usualRegion,
    ): void => {
      Object.assign(functionMemory(memory(), region, name).extras, members);
    },
    markRequesterManaged: (endpointId: string): void => {
      endpointMemory(memory(), endpointId).requesterManaged = true;
    },
    holdEndpoint: (endpointId: string, state: string): void => {
      endpointMemory(memory(), endpointId).heldState = state;
    },
    showNetwork: (id: string, members: Input): void => {
      memory().shown.set(id, { ...memory().shown.get(id), ...members });
    },
    releaseInterfaces: (): void => {
      for (const id of memory().lingering.keys()) memory().lingering.set(id, 0);
    },
  };
}
