/** A source of numbers that gives the same ones for the same seed. */
export interface Random {
  /** An integer from the first to the last, both included. */
  readonly between: (first: number, last: number) => number;
  /** True with the given probability. */
  readonly chance: (probability: number) => boolean;
  /** One of the values, each as likely as the others; throws where there are none. */
  readonly pick: <T>(values: readonly T[]) => T;
  /** One of the values by weight; throws where there are none. */
  readonly weighted: <T extends { readonly weight: number }>(values: readonly T[]) => T;
}

/** The generator mulberry32: 32 bits of state, even enough for choosing test cases. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <T>(values: readonly T[]): T => {
    if (values.length === 0) throw new Error('nothing to pick from');
    return values[Math.floor(next() * values.length)] as T;
  };
  const weighted = <T extends { readonly weight: number }>(values: readonly T[]): T => {
    let left = next() * values.reduce((sum, { weight }) => sum + weight, 0);
    const chosen = values.find(({ weight }) => {
      left -= weight;
      return left < 0;
    });
    return chosen ?? pick(values);
  };
  return {
    between: (first, last) => first + Math.floor(next() * (last - first + 1)),
    chance: (probability) => next() < probability,
    pick,
    weighted,
  };
}
