import type { Advice } from '../model/desired.js';
import type { Mode } from '../runner/mode.js';

/** Which of the reads that only advise a run makes: all, those a change rests on, or none. */
export type AdviceReads = 'all' | 'needed' | 'none';

/** On a dry run everything that advises is read; an apply reads what its changes rest on. */
export function adviceReads(advice: Advice, { writes }: Pick<Mode, 'writes'>): AdviceReads {
  if (advice === 'none') return 'none';
  return advice === 'full' || !writes ? 'all' : 'needed';
}
