import type { Aws } from '../aws/call.js';
import { isRef } from '../aws/call.js';
import { classify } from '../aws/errors.js';
import type { LambdaFunction, VpcEndpoint } from '../model/observed.js';
import type { Settle } from '../model/plan.js';
import type { Problem } from '../model/problem.js';
import { isUpdating, readFunction } from '../resources/function.js';
import { explainReason } from '../resources/update-failures.js';
import { FUNCTION_DELAYS, poll, type Waiting } from '../settle.js';
import { capital } from '../text/words.js';
import type { WaitForEndpoint } from './endpoint-waiter.js';
import type { Tell } from './events.js';

/** What waiting for a change needs. */
export interface Settling {
  readonly aws: Aws;
  readonly waiting: Waiting;
  readonly tell: Tell;
  readonly waitForEndpoint: WaitForEndpoint;
  readonly lookUp: (ref: string, field: string) => string | undefined;
  /** Told the function as it was last read. */
  readonly onFunction: (lambda: LambdaFunction) => void;
  /** Told an endpoint as it was last read. */
  readonly onEndpoint: (endpoint: VpcEndpoint) => void;
}

function unsettled(how: 'timeout' | 'cancelled', what: string): Problem {
  if (how === 'cancelled') {
    const message = `The run was stopped while it waited for ${what}.`;
    return { code: 'cancelled', message, remedy: 'Run the job again; it continues where it stopped.' };
  }
  return {
    code: 'wait-timeout',
    message: `${capital(what)} was not ready when wait-timeout had passed; AWS goes on with it.`,
    remedy: 'Run the job again; it continues where it stopped. Raise `wait-timeout` if that happens often.',
  };
}

async function settleEndpoint(
  id: string,
  { waitForEndpoint, onEndpoint }: Settling,
): Promise<Problem | undefined> {
  const end = await waitForEndpoint(id);
  if (end.how !== 'settled') return unsettled(end.how, `endpoint ${id}`);
  onEndpoint(end.value);
  const { state, lastError } = end.value;
  if (state === 'available') return undefined;
  if (state === 'pendingacceptance') {
    const message = `Endpoint ${id} waits for its service's owner to accept it.`;
    return {
      code: 'endpoint-not-accepted',
      message,
      remedy: 'Ask the owner of the service to accept it, then run the job again.',
    };
  }
  return {
    code: 'endpoint-failed',
    message: `Endpoint ${id} is ${state}${lastError ? `: ${lastError}` : ''}.`,
    remedy: `Correct the cause, delete it with \`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${id}\`, then run the job again.`,
  };
}

async function settleFunction(name: string, settling: Settling): Promise<Problem | undefined> {
  const { aws, waiting, tell, onFunction } = settling;
  const read = async (): Promise<LambdaFunction> => {
    const lambda = await readFunction(aws, name);
    if (isUpdating(lambda))
      tell({
        subject: `function/${name}`,
        text: `waiting: ${lambda.state}, update ${lambda.lastUpdateStatus}`,
      });
    return lambda;
  };
  const end = await poll(read, (lambda) => !isUpdating(lambda), FUNCTION_DELAYS, waiting);
  if (end.how !== 'settled') return unsettled(end.how, `function ${name}`);
  onFunction(end.value);
  if (end.value.lastUpdateStatus !== 'Failed') return undefined;
  const { cause, remedy } = explainReason(end.value.lastUpdateReasonCode, end.value.lastUpdateReason);
  return {
    code: 'function-update-failed',
    message: `Lambda could not move function ${name}: ${cause}. The function serves its earlier configuration.`,
    remedy,
  };
}

/** Waits until what a change made is live; answers the problem when it will not be. Never throws. */
export async function settleChange(settle: Settle, settling: Settling): Promise<Problem | undefined> {
  const isEndpoint = settle.kind === 'vpc-endpoint';
  const action = isEndpoint ? 'ec2:DescribeVpcEndpoints' : 'lambda:GetFunctionConfiguration';
  const id =
    isEndpoint && isRef(settle.id)
      ? settling.lookUp(settle.id.ref, settle.id.field)
      : isEndpoint
        ? settle.id
        : settle.name;
  try {
    return isEndpoint
      ? await settleEndpoint(String(id), settling)
      : await settleFunction(settle.name, settling);
  } catch (error) {
    return classify(error, action, String(id));
  }
}
