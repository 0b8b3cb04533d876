// Loaded before a measured program (`node -r`): leaves the peak of its resident memory, in KiB, in a file.
import fs = require('node:fs');

/**
 * The high-water mark of this program's own memory. Linux carries `maxRSS` over from the process that started this
 * one, so where /proc tells the mark of the program alone, that is taken.
 */
function peakKibibytes(): number {
  try {
    const mark = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (mark !== undefined) return Number(mark);
  } catch {
    // No /proc here.
  }
  return process.resourceUsage().maxRSS;
}

const { PEAK_MEMORY_FILE: file } = process.env;
if (file) process.once('exit', () => fs.writeFileSync(file, String(peakKibibytes())));
