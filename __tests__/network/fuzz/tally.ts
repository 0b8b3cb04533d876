import { blockCodes, unknownCodes } from '../../../src/network/codes.js';
import type { Opinion } from '../simulator/opinion.js';
import type { FuzzCase } from './generate.js';

/** How often something was found over many cases. */
export interface Tally {
  readonly cases: number;
  /** Cases by status of the verdict. */
  readonly statuses: Record<Opinion['status'], number>;
  /** Cases in which a line names the code. */
  readonly codes: Record<string, number>;
  /** Seeds of cases with an unknown line although nothing is out of sight. */
  readonly baseless: readonly number[];
}

/** Counts verdicts and codes; every code is counted, if only with zero. */
export function tallyOf(judged: Iterable<readonly [FuzzCase, Opinion]>): Tally {
  const statuses = { reachable: 0, partly: 0, blocked: 0, unknown: 0 };
  const codes: Record<string, number> = {};
  for (const code of Object.keys({ ...blockCodes, ...unknownCodes })) codes[code] = 0;
  const baseless: number[] = [];
  let cases = 0;
  for (const [fuzz, opinion] of judged) {
    cases += 1;
    statuses[opinion.status] += 1;
    const findings = opinion.lines.map((line) => line.finding);
    const named = findings.flatMap((finding) => (finding.status === 'reachable' ? [] : [finding.code]));
    for (const code of new Set(named)) codes[code] = (codes[code] ?? 0) + 1;
    if (fuzz.hidden.length === 0 && findings.some((finding) => finding.status === 'unknown'))
      baseless.push(fuzz.seed);
  }
  return { cases, statuses, codes, baseless };
}

/** The table of a tally, one count a row. */
export function describeTally({ cases, statuses, codes, baseless }: Tally): string {
  const share = (count: number) => `${((100 * count) / cases).toFixed(1)} %`;
  return [
    `${cases} cases`,
    ...Object.entries(statuses).map(([status, count]) => row(status, count, share(count))),
    '',
    ...Object.entries(codes).map(([code, count]) => row(code, count, '')),
    '',
    row('unknown with everything in sight', baseless.length, baseless.slice(0, 5).join(' ')),
  ].join('\n');
}

function row(name: string, count: number, more: string): string {
  return `${name.padEnd(46)}${String(count).padStart(7)} ${more.padStart(7)}`.trimEnd();
}

/** Bounds that a tally does not keep: what is too rare in it proves nothing. */
export function shortOf({ cases, statuses, codes, baseless }: Tally): string[] {
  const share = (count: number) => count / cases;
  const rareStatuses = (['reachable', 'partly', 'blocked'] as const).filter(
    (status) => share(statuses[status]) < 0.15,
  );
  const rareCodes = Object.entries(codes).filter(([, count]) => share(count) < 100 / 20_000);
  return [
    ...rareStatuses.map((status) => `fewer than 15 % of the cases are ${status}`),
    ...rareCodes.map(([code, count]) => `${code} comes ${count} times, which is below 100 in 20,000`),
    ...(share(statuses.unknown) > 0.15 ? ['more than 15 % of the cases are unknown'] : []),
    ...(baseless.length > 0 ? ['a verdict is unknown although everything is in sight'] : []),
  ];
}
