import { isEndpointSettled } from './apply/endpoint-waiter.js';
import type { Tell } from './apply/events.js';
import type { Aws } from './aws/call.js';
import type { Desired } from './model/desired.js';
import type { LambdaFunction, VpcEndpoint } from './model/observed.js';
import { RunError } from './model/problem.js';
import type { Observation } from './observe.js';
import { names } from './resolve/services.js';
import { isUpdating, readFunction } from './resources/function.js';
import { isShared } from './resources/tags.js';
import { isLiving, readVpcEndpoints } from './resources/vpc-endpoint.js';
import { ENDPOINT_DELAYS, FUNCTION_DELAYS, poll, type Settled, type Waiting } from './settle.js';
import { capital } from './text/words.js';

function settledOrThrow<T>(end: Settled<T>, what: string): T {
  if (end.how === 'settled') return end.value;
  const cancelled = end.how === 'cancelled';
  throw new RunError([
    {
      code: cancelled ? 'cancelled' : 'wait-timeout',
      message: cancelled
        ? 'The run was stopped.'
        : `${capital(what)} was not ready when wait-timeout had passed.`,
      remedy: 'Run the job again; raise `wait-timeout` if that happens often.',
    },
  ]);
}

async function quietFunction(
  aws: Aws,
  lambda: LambdaFunction,
  waiting: Waiting,
  tell: Tell,
): Promise<LambdaFunction> {
  if (!isUpdating(lambda)) return lambda;
  const subject = `function/${lambda.name}`;
  tell({ subject, text: 'an update is in progress; waiting for its end before planning' });
  const end = await poll(
    () => readFunction(aws, lambda.name),
    (read) => !isUpdating(read),
    FUNCTION_DELAYS,
    waiting,
  );
  return settledOrThrow(end, `Function ${lambda.name}`);
}

/** Milliseconds for which the end of a deletion is waited for (domain.md row 84). */
const DELETING = 180_000;

/** What of the wanted services' endpoints is on its way. */
function underWay(desired: Desired, { vpc }: Observation, region: string) {
  const wanted = (all: readonly VpcEndpoint[]): VpcEndpoint[] =>
    all.filter(
      ({ vpcId, serviceName, tags }) =>
        vpcId === vpc.id &&
        ((desired.autoEndpoints && isShared(tags)) ||
          (desired.endpoints ?? []).some((wish) => names(wish, serviceName, region))),
    );
  const serves = (all: readonly VpcEndpoint[], { serviceName, type }: VpcEndpoint): boolean =>
    all.some((one) => isLiving(one) && one.serviceName === serviceName && one.type === type);
  return {
    pending: (all: readonly VpcEndpoint[]) => wanted(all).filter((one) => !isEndpointSettled(one)),
    /** Being deleted, where another one is to be made in its place. */
    deleting: (all: readonly VpcEndpoint[]) =>
      wanted(all).filter((one) => one.state === 'deleting' && !serves(wanted(all), one)),
  };
}

/** Waits for endpoints that are being made, and some time for those that are being deleted. */
async function quietEndpoints(aws: Aws, seen: Observation, desired: Desired, waiting: Waiting, tell: Tell) {
  const { pending, deleting } = underWay(desired, seen, aws.region);
  const { clock } = waiting;
  const started = clock.now();
  let last: readonly VpcEndpoint[] = seen.observed.endpoints;
  const open = () => [...pending(last), ...(clock.now() - started < DELETING ? deleting(last) : [])];
  if (open().length === 0) return last;
  const ids = open().map(({ id }) => id);
  tell({ subject: 'vpc-endpoint', text: `waiting for ${ids.join(', ')} before planning` });
  const look = async () => {
    last = await readVpcEndpoints(aws);
    return last;
  };
  const end = await poll(look, () => open().length === 0, ENDPOINT_DELAYS, waiting);
  // A deletion that takes longer is no reason to stop: AWS's refusal of the name is waited out as well.
  return end.how === 'timeout' && pending(last).length === 0 ? last : settledOrThrow(end, 'An endpoint');
}

/**
 * Waits until nothing that the plan depends on is on its way: an update of a function by somebody,
 * an endpoint being made, and for some minutes one being deleted. Throws a {@link RunError} when that does not end in time.
 */
export async function untilQuiet(
  aws: Aws,
  seen: Observation,
  desired: Desired,
  waiting: Waiting,
  tell: Tell,
): Promise<Observation> {
  const { observed } = seen;
  const [functions, endpoints] = await Promise.all([
    Promise.all(
      observed.functions.map(async (facts) => ({
        ...facts,
        lambda: await quietFunction(aws, facts.lambda, waiting, tell),
      })),
    ),
    quietEndpoints(aws, seen, desired, waiting, tell),
  ]);
  return { ...seen, observed: { ...observed, functions, endpoints } };
}
