import type { AwsClients } from '../support/aws-clients.js';
import type { Call } from '../support/proxy/calls.js';
import { writes } from '../support/proxy/calls.js';
import type { FaultProxy } from '../support/proxy/index.js';
import { runAction, type StepResult } from '../support/run-action.js';
import { type Built, buildWorld } from './build.js';
import { blocking, differences, type Told } from './compare.js';
import type { World } from './generate.js';

/** An emulator behind its proxy; both are emptied for each world. */
export interface Ground {
  readonly direct: AwsClients;
  readonly through: AwsClients;
  readonly proxy: FaultProxy;
  /** Empties the emulator. */
  readonly reset: () => Promise<void>;
  /** The entry point of the action; the committed bundle where there is none. */
  readonly main?: string;
}

/** What became of a world. */
export interface Trial {
  readonly world: World;
  /** The findings that blocked. */
  readonly blocked: readonly Told[];
  /** What was not as expected, as sentences; empty where all was. */
  readonly disagreements: readonly string[];
}

async function step(
  { proxy, main }: Ground,
  inputs: World['inputs'],
  { resolve }: Built,
  dryRun: boolean,
): Promise<StepResult> {
  proxy.forgetCalls();
  const resolved = Object.entries(inputs).map(([name, text]) => [name, resolve(text)]);
  const all = { ...Object.fromEntries(resolved), 'dry-run': String(dryRun) };
  return runAction({ inputs: all, endpoint: proxy.url, timeout: 180_000, ...(main && { main }) });
}

/** The findings of a run, as its plan file holds them. */
function findingsOf({ outputs, temp, files }: StepResult): readonly Told[] {
  const path = String(outputs['plan-file']).slice(temp.length + 1);
  return JSON.parse(files[path] ?? '{}').plan?.findings ?? [];
}

const refusalsIn = (calls: readonly Call[]): string[] =>
  calls.filter(({ errorCode }) => errorCode !== '').map(({ action, errorCode }) => `${action}: ${errorCode}`);

function unless(holds: boolean, text: string): string[] {
  return holds ? [] : [text];
}

/** What of the network that was asked for is not there, read past the action. */
async function missingOf({ direct }: Ground, { draft }: World, { idOf }: Built): Promise<string[]> {
  const { aims, functions } = draft;
  const wanted = aims.subnets.keys.map(idOf).sort().join();
  const placed = await Promise.all(
    functions.map(async ({ name }) => {
      const { VpcConfig } = await direct.lambda.getFunctionConfiguration({ FunctionName: name });
      const found = [...(VpcConfig?.SubnetIds ?? [])].sort().join();
      return unless(found === wanted, `${name} is in ${found || 'no subnet'}, not in ${wanted}`);
    }),
  );
  const Filters = [{ Name: 'vpc-id', Values: [idOf(draft.vpc.key)] }];
  const { VpcEndpoints = [] } = await direct.ec2.describeVpcEndpoints({ Filters });
  const served = VpcEndpoints.map(({ ServiceName, VpcEndpointType }) => `${ServiceName} ${VpcEndpointType}`);
  const unserved = aims.services.filter(
    ({ word, type }) => !served.some((text) => text.endsWith(`.${word.replace(':interface', '')} ${type}`)),
  );
  return [...placed.flat(), ...unserved.map(({ word }) => `no endpoint stands for ${word}`)];
}

/** Applies what a dry run planned, and runs again. */
async function applyAndRepeat(ground: Ground, world: World, built: Built): Promise<string[]> {
  const { proxy } = ground;
  const applied = await step(ground, world.inputs, built, false);
  const refused = refusalsIn(proxy.calls);
  const { outcome } = applied.outputs;
  const first = [
    ...unless(outcome === 'changed', `the apply ended ${outcome}: ${errorsOf(applied)}`),
    ...refused.map((text) => `the apply was refused ${text}`),
  ];
  if (outcome !== 'changed') return first;
  const lacking = await missingOf(ground, world, built);
  const again = await step(ground, world.inputs, built, false);
  const written = writes(proxy.calls).map(({ action }) => action);
  return [
    ...first,
    ...lacking,
    ...unless(
      again.outputs.outcome === 'unchanged',
      `the second run ended ${again.outputs.outcome}: ${errorsOf(again)}`,
    ),
    ...unless(written.length === 0, `the second run wrote ${written.join(', ')}`),
    ...refusalsIn(proxy.calls).map((text) => `the second run was refused ${text}`),
  ];
}

function errorsOf({ annotations, stderr, exitCode }: StepResult): string {
  const said = annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
  return said.join(' | ') || `exit code ${exitCode} ${stderr}`.trim();
}

/** Builds a world and runs the bundle in it: a dry run, and where it is healthy an apply and a second run. */
export async function trial(ground: Ground, world: World): Promise<Trial> {
  ground.proxy.reset();
  await ground.reset();
  ground.proxy.setOptions({ endpointPendingPolls: 0, functionInProgressPolls: 0, ...world.options });
  const built = await buildWorld(world.draft, ground);
  const earlier = world.earlier && (await step(ground, world.earlier, built, false));
  const planned = await step(ground, world.inputs, built, true);
  const findings = findingsOf(planned);
  const { missing, surplus } = differences(world.expected, findings, built.resolve);
  const isHealthy = world.injected.length === 0;
  const outcome = isHealthy ? 'planned' : 'blocked';
  const judged = [
    ...(earlier
      ? unless(
          earlier.outputs.outcome === 'changed',
          `the earlier run ended ${earlier.outputs.outcome}: ${errorsOf(earlier)}`,
        )
      : []),
    ...missing.map((text) => `not told: ${text}`),
    ...surplus.map((text) => `told, but not expected: ${text}`),
    ...unless(
      planned.outputs.outcome === outcome,
      `the dry run ended ${planned.outputs.outcome}, not ${outcome}: ${errorsOf(planned)}`,
    ),
    ...unless(writes(ground.proxy.calls).length === 0, 'the dry run wrote'),
    ...refusalsIn(ground.proxy.calls).map((text) => `the dry run was refused ${text}`),
  ];
  const goesOn = isHealthy && judged.length === 0;
  const disagreements = goesOn ? await applyAndRepeat(ground, world, built) : judged;
  return { world, blocked: blocking(findings), disagreements };
}
