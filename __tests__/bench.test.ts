import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { memoryVariables, takePeakMemory } from '../bench/memory.js';
import { spreadOf } from '../bench/statistics.js';
import { beside, table } from '../bench/table.js';

test('median, smallest, 90th percentile and largest', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, p90: 3, max: 3 });
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, p90: 4, max: 4 });
  expect(spreadOf([7])).toEqual({ median: 7, min: 7, p90: 7, max: 7 });
  expect(spreadOf(Array.from({ length: 21 }, (_, index) => index)).p90).toBe(18);
});

test('a broken bound is marked', () => {
  expect(beside(11, 15)).toBe('11 ≤ 15');
  expect(beside(16, 15)).toBe('16 > 15 !');
  expect(beside(1.149, 1.15, 2)).toBe('1.15 ≤ 1.15');
  expect(beside(29, undefined)).toBe('29');
});

test('columns are as wide as their widest cell', () => {
  expect(table(['a', 'long'], [['b', '1']])).toBe('a  long\n─  ────\nb     1');
});

/** Peak memory of a Node process that fills that many MiB. */
function peakOf(mebibytes: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'peak-memory-'));
  try {
    const program = `Buffer.alloc(${mebibytes} * 1024 * 1024, 1)`;
    spawnSync(process.execPath, ['-e', program], { env: { ...process.env, ...memoryVariables(folder) } });
    return takePeakMemory(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the memory of a process is its own, however much the one that started it has', () => {
  const large = Buffer.alloc(200 * 1024 * 1024, 1);
  const small = peakOf(0);
  expect(large.at(-1)).toBe(1);
  expect(small).toBeGreaterThan(20);
  expect(small).toBeLessThan(120);
  expect(peakOf(100)).toBeGreaterThan(small + 80);
});
