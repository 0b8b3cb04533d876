import { isEndpointSettled } from './apply/endpoint-waiter.js';
import type { Tell } from './apply/events.js';
import type { Aws } from './aws/call.js';
import type { Desired } from './model/desired.js';
import type { LambdaFunction, VpcEndpoint } from './model/observed.js';
import { RunError } from './model/problem.js';
import type { Observation } from './observe.js';
import { names } from './resolve/services.js';
import { isUpdating, readFunction } from './resources/function.js';
import { readVpcEndpoints } from './resources/vpc-endpoint.js';
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

async function quietEndpoints(aws: Aws, seen: Observation, desired: Desired, waiting: Waiting, tell: Tell) {
  const { endpoints } = seen.observed;
  const isWanted = (endpoint: VpcEndpoint): boolean =>
    endpoint.vpcId === seen.vpc.id &&
    (desired.endpoints ?? []).some((wish) => names(wish, endpoint.serviceName, aws.region));
  const pending = (all: readonly VpcEndpoint[]) =>
    all.filter((endpoint) => isWanted(endpoint) && !isEndpointSettled(endpoint));
  if (pending(endpoints).length === 0) return endpoints;
  tell({
    subject: 'vpc-endpoint',
    text: `waiting for ${pending(endpoints)
      .map(({ id }) => id)
      .join(', ')} before planning`,
  });
  const end = await poll(
    () => readVpcEndpoints(aws),
    (all) => pending(all).length === 0,
    ENDPOINT_DELAYS,
    waiting,
  );
  return settledOrThrow(end, 'An endpoint');
}

/**
 * Waits until nothing that the plan depends on is on its way: an update of a function by somebody,
 * an endpoint being made. Throws a {@link RunError} when that does not end in time.
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
