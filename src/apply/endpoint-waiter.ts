import type { Aws } from '../aws/call.js';
import { classify } from '../aws/errors.js';
import type { VpcEndpoint } from '../model/observed.js';
import { readVpcEndpointsById } from '../resources/vpc-endpoint.js';
import { ENDPOINT_DELAYS, poll, type Settled, type Waiting } from '../settle.js';
import { counted } from '../text/words.js';
import type { Tell } from './events.js';

/** Waits for one endpoint; all endpoints waited for at a time share one request. */
export type WaitForEndpoint = (id: string) => Promise<Settled<VpcEndpoint>>;

interface Waiter {
  readonly resolve: (settled: Settled<VpcEndpoint>) => void;
  readonly reject: (error: unknown) => void;
}

/** Milliseconds for which AWS may not know an endpoint that it has just made. */
const UNSEEN = 60_000;

/** An endpoint that is not on its way any more, for better or worse. */
export function isEndpointSettled(endpoint: VpcEndpoint): boolean {
  return endpoint.state !== 'pending' && endpoint.state !== 'partial' && endpoint.state !== '';
}

/** Makes the batch waiter of a run. */
export function makeEndpointWaiter(aws: Aws, waiting: Waiting, tell: Tell): WaitForEndpoint {
  const waiters = new Map<string, Waiter>();
  let running = false;
  let unseenSince: number | undefined;

  async function look(): Promise<void> {
    const ids = [...waiters.keys()];
    let found: VpcEndpoint[] = [];
    try {
      found = await readVpcEndpointsById(aws, ids);
      unseenSince = undefined;
    } catch (error) {
      // AWS may not know an endpoint for a while that it has just answered; later it is gone.
      if (classify(error, 'ec2:DescribeVpcEndpoints', ids.join(', ')).kind !== 'not-found') throw error;
      unseenSince ??= waiting.clock.now();
      if (waiting.clock.now() - unseenSince > UNSEEN) throw error;
    }
    for (const endpoint of found.filter(isEndpointSettled)) {
      waiters.get(endpoint.id)?.resolve({ how: 'settled', value: endpoint });
      waiters.delete(endpoint.id);
    }
    if (waiters.size > 0) {
      tell({
        subject: 'vpc-endpoint',
        text: `waiting for ${counted(waiters.size, 'endpoint')}: ${[...waiters.keys()].join(', ')}`,
      });
    }
  }

  async function loop(): Promise<void> {
    running = true;
    try {
      const end = await poll(look, () => waiters.size === 0, ENDPOINT_DELAYS, waiting);
      if (end.how !== 'settled') {
        for (const waiter of waiters.values()) waiter.resolve({ how: end.how, value: undefined });
        waiters.clear();
      }
    } catch (error) {
      for (const waiter of waiters.values()) waiter.reject(error);
      waiters.clear();
    }
    running = false;
    // Whoever joined after the last look is not forgotten.
    if (waiters.size > 0) void loop();
  }

  return (id) =>
    new Promise((resolve, reject) => {
      waiters.set(id, { resolve, reject });
      if (!running) void loop();
    });
}
