import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type AwsClients, awsClients } from './aws-clients.js';
import { type Moto, startMoto } from './moto.js';
import { type FaultProxy, startProxy } from './proxy/index.js';
import type { ProxyOptions } from './proxy/options.js';

/** moto behind the proxy, empty at the start of every test. */
export interface TestBed {
  readonly moto: Moto;
  readonly proxy: FaultProxy;
  /** Clients past the proxy: for building worlds and looking at what is really there. Not counted. */
  readonly direct: AwsClients;
  /** Clients through the proxy, without retries: they see what the action sees. Counted. */
  readonly through: AwsClients;
}

/** The region of the case study and of every world that names none. */
export const region = 'us-east-2';

/** Empties both. A call of what ran before, or of an action that was killed, must not reach the next world. */
export async function empty({ moto, proxy }: Pick<TestBed, 'moto' | 'proxy'>): Promise<void> {
  proxy.clearFaults();
  await proxy.idle();
  await moto.reset();
  proxy.reset();
}

/**
 * Declares the hooks of a test file: starts moto and the proxy before its first test, empties both before each, and
 * stops both after the last. The result may be used inside hooks and tests only.
 */
export function withTestBed(options: Partial<ProxyOptions> = {}): TestBed {
  let bed: TestBed | undefined;
  beforeAll(async () => {
    const moto = await startMoto();
    const proxy = await startProxy(moto.url, options);
    const direct = awsClients({ endpoint: moto.url, region });
    const through = awsClients({ endpoint: proxy.url, region });
    bed = { moto, proxy, direct, through };
  }, 120_000);
  beforeEach(async () => {
    if (bed) await empty(bed);
  });
  afterAll(async () => {
    bed?.direct.close();
    bed?.through.close();
    await bed?.proxy.stop();
    await bed?.moto.stop();
  });
  const started = (): TestBed => {
    if (bed === undefined) throw new Error('the test bed is there inside hooks and tests only');
    return bed;
  };
  return {
    get moto() {
      return started().moto;
    },
    get proxy() {
      return started().proxy;
    },
    get direct() {
      return started().direct;
    },
    get through() {
      return started().through;
    },
  };
}
