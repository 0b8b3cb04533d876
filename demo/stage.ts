import { type AwsClients, awsClients } from '../__tests__/support/aws-clients.js';
import { startMoto } from '../__tests__/support/moto.js';
import { count, depth, writes } from '../__tests__/support/proxy/calls.js';
import { type FaultProxy, startProxy } from '../__tests__/support/proxy/index.js';
import { runAction, type StepOptions, type StepResult } from '../__tests__/support/run-action.js';
import { buildCaseStudy, type CaseStudy } from '../__tests__/support/worlds/case-study.js';

/** The region of the case study. */
export const region = 'us-east-2';

/** The one workflow step of the case study, as `with:` has it. */
export const caseStudyInputs: Readonly<Record<string, string>> = {
  'function-name': 'app-7',
  'aws-region': region,
  subnets: 'tag:Tier=private',
  endpoints: 'logs, ssm',
};

/** A pull request: the action plans and writes nothing. */
export const onPullRequest = { name: 'pull_request', ref: 'refs/pull/7/merge' };

/** A push to the default branch: the action writes. */
export const onPush = { name: 'push', ref: 'refs/heads/main' };

/** What one run cost. Repeats of a poll and the exchange of credentials are not in `calls` and `depth`. */
export interface Cost {
  readonly calls: number;
  readonly depth: number;
  readonly writes: number;
  /** Further looks at something awaited. */
  readonly repeats: number;
}

/** One run of the action, with what it cost. */
export interface Run extends Cost {
  readonly result: StepResult;
}

/** The emulator, the proxy that stands between it and the action, and a world in it: the case study's where none is named. */
export interface Stage<World = CaseStudy> {
  readonly url: string;
  readonly proxy: FaultProxy;
  readonly world: World;
  /** Clients that see what the action sees; their calls are not counted in any run. */
  readonly clients: AwsClients;
  /** Runs dist/index.js as a runner does. */
  run(options: Omit<StepOptions, 'endpoint'>): Promise<Run>;
  close(): Promise<void>;
}

/** Starts the emulator and the proxy, and builds the case study's world. */
export function openStage(options: { readonly latency: number }): Promise<Stage> {
  return openStageWith(options, (clients, proxy) => buildCaseStudy(clients, { proxy }));
}

/** Starts the emulator and the proxy, and builds a world. */
export async function openStageWith<World>(
  options: { readonly latency: number },
  build: (clients: AwsClients, proxy: FaultProxy) => Promise<World>,
): Promise<Stage<World>> {
  const moto = await startMoto();
  const proxy = await startProxy(moto.url, { latency: options.latency, endpointPendingPolls: 1 });
  const direct = awsClients({ endpoint: moto.url, region });
  const clients = awsClients({ endpoint: proxy.url, region });
  const close = async (): Promise<void> => {
    direct.close();
    clients.close();
    await proxy.stop();
    await moto.stop();
  };
  try {
    const world = await build(direct, proxy);
    return { url: proxy.url, proxy, world, clients, run: (step) => runCounted(proxy, step), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function runCounted(proxy: FaultProxy, step: Omit<StepOptions, 'endpoint'>): Promise<Run> {
  proxy.forgetCalls();
  const result = await runAction({ ...step, endpoint: proxy.url });
  const { calls } = proxy;
  return {
    result,
    calls: count(calls),
    depth: depth(calls),
    writes: writes(calls).length,
    repeats: calls.filter((call) => call.repeatOf !== undefined).length,
  };
}
