import { describe, expect, it } from '@jest/globals';
import { rules } from '../../src/rules/check.js';
import { differences, type Told } from './compare.js';
import { defects, unshown } from './defects/table.js';
import type { Expectation } from './draft.js';
import { type World, worldOf } from './generate.js';
import { shownIds } from './tally.js';

const worlds: readonly World[] = Array.from({ length: 300 }, (_, index) => worldOf(2026, index + 1));

/** Findings that block just as expected. */
const toldOf = (expected: readonly Expectation[]): Told[] =>
  expected.map(({ code, subject, functionName }) => ({
    code,
    subject,
    functionName: functionName ?? null,
    status: 'fail',
    severity: 'error',
    message: '',
  }));

const asIs = (text: string): string => text;

describe('the table of defects', () => {
  it('has every rule of severity error, or says why no world can show it', () => {
    const shown = new Set(defects.map(({ rule }) => rule));
    expect(shownIds().filter((id) => !shown.has(id))).toEqual([]);
    const known = rules.map(({ id }) => id);
    expect(Object.keys(unshown).filter((id) => !known.includes(id) || shown.has(id))).toEqual([]);
  });

  it('names each defect once', () => {
    const names = defects.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the worlds', () => {
  it('are the same for the same seed and number', () => {
    const told = ({ inputs, expected }: World) => JSON.stringify([inputs, expected]);
    expect(worlds.slice(0, 30).map(told)).toEqual(
      worlds.slice(0, 30).map(({ seed, number }) => told(worldOf(seed, number))),
    );
    expect(told(worldOf(1, 1))).not.toBe(told(worldOf(2, 1)));
  });

  it('expect something where they are broken, and nothing where they are not', () => {
    const isBroken = ({ injected }: World): boolean => injected.length > 0;
    expect(worlds.filter((world) => isBroken(world) !== world.expected.length > 0)).toEqual([]);
    expect(worlds.filter((world) => !isBroken(world)).length).toBeGreaterThanOrEqual(100);
  });

  it('have several defects, functions and VPCs often enough', () => {
    const often = (holds: (world: World) => boolean): number => worlds.filter(holds).length;
    expect(often(({ injected }) => injected.length > 1)).toBeGreaterThanOrEqual(50);
    expect(often(({ draft }) => draft.functions.length > 1)).toBeGreaterThanOrEqual(50);
    expect(often(({ draft }) => draft.other !== undefined)).toBeGreaterThanOrEqual(50);
    expect(often(({ earlier }) => earlier !== undefined)).toBeGreaterThanOrEqual(15);
  });
});

describe('the comparison', () => {
  it.each(shownIds())('misses %s where it is not told', (id) => {
    const found = worlds.filter(({ expected }) => expected.some(({ code }) => code === id));
    expect(found.length).toBeGreaterThanOrEqual(3);
    for (const { expected } of found) {
      expect(differences(expected, toldOf(expected), asIs)).toEqual({ missing: [], surplus: [] });
      const fewer = expected.filter(({ code }) => code !== id);
      const { missing, surplus } = differences(expected, toldOf(fewer), asIs);
      expect([missing.length, surplus]).toEqual([expected.length - fewer.length, []]);
      expect(differences(fewer, toldOf(expected), asIs).surplus).toEqual(missing);
    }
  });

  const one: Expectation = { code: 'a', subject: '{x}, {y}', functionName: 'f' };
  const told = (parts: Partial<Told>): Told[] =>
    toldOf([{ ...one, subject: '2, 1' }]).map((found) => ({ ...found, ...parts }));
  const resolve = (text: string): string => text.replace('{x}', '1').replace('{y}', '2');

  it('finds the same findings in any order of their subjects', () => {
    expect(differences([one], told({}), resolve)).toEqual({ missing: [], surplus: [] });
  });

  it.each<[string, Partial<Told>, number]>([
    ['another subject', { subject: '1' }, 1],
    ['another function', { functionName: 'g' }, 1],
    ['no function', { functionName: null }, 1],
    ['a warning', { severity: 'warning' }, 0],
    ['an unknown verdict', { status: 'unknown' }, 0],
  ])('tells %s from it', (_name, parts, surplus) => {
    const found = differences([one], told(parts), resolve);
    expect([found.missing.length, found.surplus.length]).toEqual([1, surplus]);
  });

  it('counts what is told twice', () => {
    expect(differences([one], [...told({}), ...told({})], resolve).surplus).toHaveLength(1);
  });
});
