import { awsClients } from '../support/aws-clients.js';
import { startMoto } from '../support/moto.js';
import { startProxy } from '../support/proxy/index.js';
import { worldOf } from './generate.js';
import { region } from './inputs.js';
import { type Ground, type Trial, trial } from './run.js';

/** Lends an emulator with its proxy, and stops both afterwards. */
async function onGround<T>(use: (ground: Ground) => Promise<T>): Promise<T> {
  const moto = await startMoto();
  const proxy = await startProxy(moto.url);
  const direct = awsClients({ endpoint: moto.url, region });
  const through = awsClients({ endpoint: proxy.url, region });
  try {
    return await use({ direct, through, proxy, reset: moto.reset });
  } finally {
    direct.close();
    through.close();
    await proxy.stop();
    await moto.stop();
  }
}

/** A failure of the harness itself is told as a disagreement, with its world. */
async function tried(ground: Ground, seed: number, number: number): Promise<Trial> {
  const world = worldOf(seed, number);
  try {
    return await trial(ground, world);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { world, blocked: [], disagreements: [`the world could not be tried: ${text}`] };
  }
}

/** Tries worlds, some at a time on emulators of their own; in the order of their numbers. */
export async function campaign(options: {
  readonly seed: number;
  readonly numbers: readonly number[];
  readonly workers: number;
  /** Told each trial when it ends. */
  readonly onTrial?: (trial: Trial) => void;
}): Promise<Trial[]> {
  const { seed, workers, onTrial } = options;
  const left = [...options.numbers];
  const trials: Trial[] = [];
  const work = (ground: Ground): Promise<void> => goOn(ground);
  const goOn = async (ground: Ground): Promise<void> => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) {
      const done = await tried(ground, seed, number);
      trials.push(done);
      onTrial?.(done);
    }
  };
  await Promise.all(Array.from({ length: workers }, () => onGround(work)));
  return trials.sort((one, other) => one.world.number - other.world.number);
}
