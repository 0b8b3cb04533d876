import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const hook = fileURLToPath(new URL('peak-memory.cjs', import.meta.url));

/** Variables that make a Node process leave its peak memory in a file of that folder. */
export function memoryVariables(folder: string): Record<string, string> {
  return { NODE_OPTIONS: `--require "${hook.replaceAll('\\', '\\\\')}"`, PEAK_MEMORY_FILE: fileIn(folder) };
}

/** Reads and removes what a process with {@link memoryVariables} left: MiB. */
export function takePeakMemory(folder: string): number {
  const file = fileIn(folder);
  if (!existsSync(file)) throw new Error('the measured process left no figure of its memory');
  const kibibytes = Number(readFileSync(file, 'utf8'));
  rmSync(file);
  return kibibytes / 1024;
}

const fileIn = (folder: string): string => join(folder, 'peak-memory');
