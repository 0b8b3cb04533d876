import type { Network } from '../../../src/network/network.js';
import type { Component, Question, Verdict } from '../../../src/network/verdict.js';
import { type Finding, type Opinion, type OpinionLine, opinionOf } from '../simulator/opinion.js';
import { simulate } from '../simulator/simulate.js';
import type { FuzzCase } from './generate.js';

/** What judges a connection and is compared with the simulator. */
export type Judge = (network: Network, question: Question) => Opinion;

/** A case on which judge and simulator do not agree. */
export interface Disagreement {
  readonly fuzz: FuzzCase;
  readonly differences: readonly string[];
}

/** An engine as a judge. */
export function judgeOf(engine: (network: Network, question: Question) => Verdict): Judge {
  return (network, question) => opinionOf(engine(network, question));
}

/** Compares a judge with the simulator on a case; undefined where they agree. */
export function compareOn(fuzz: FuzzCase, judge: Judge, opinion?: Opinion): Disagreement | undefined {
  const simulated = opinion ?? simulate(fuzz.network, fuzz.question);
  const differences = differencesOf(simulated, judged(fuzz, judge));
  return differences.length === 0 ? undefined : { fuzz, differences };
}

/** A judge that throws has no lines, which no simulation equals. */
function judged({ network, question }: FuzzCase, judge: Judge): Opinion | string {
  try {
    return judge(network, question);
  } catch (error) {
    return `threw ${String(error)}`;
  }
}

function differencesOf(simulated: Opinion, judged: Opinion | string): string[] {
  if (typeof judged === 'string') return [judged];
  const status =
    simulated.status === judged.status ? [] : [`simulator ${simulated.status}, judge ${judged.status}`];
  const count = Math.max(simulated.lines.length, judged.lines.length);
  const lines = Array.from({ length: count }, (_, index) => {
    const [ours, theirs] = [simulated.lines[index], judged.lines[index]].map(describeLine);
    return ours === theirs ? [] : [`simulator: ${ours}\n    judge:     ${theirs}`];
  });
  return [...status, ...lines.flat()];
}

/** A line in one row of text, which is equal where the lines are. */
export function describeLine(line: OpinionLine | undefined): string {
  if (line === undefined) return 'no line';
  const { subnetId, zone, target, finding } = line;
  const to = target === undefined ? '' : ` -> ${target.interfaceId} in ${target.subnetId} (${target.zone})`;
  return `${subnetId} (${zone})${to}: ${describeFinding(finding)}`;
}

function describeFinding(finding: Finding): string {
  switch (finding.status) {
    case 'reachable': {
      const notes = finding.notes.map((note) => JSON.stringify(Object.entries(note).sort())).sort();
      return `reachable by ${finding.path.map(named).join(', ')}${notes.length === 0 ? '' : ` with ${notes.join(' ')}`}`;
    }
    case 'blocked':
      return `blocked by ${finding.code} at ${named(finding.component)}, rule ${finding.rule}, ${finding.leg}`;
    case 'unknown':
      return `unknown by ${finding.code} at ${named(finding.component)}`;
  }
}

function named({ kind, id }: Component): string {
  return `${kind} ${id}`;
}

/** A disagreement with what one needs to find it again. */
export function describeDisagreement({ fuzz, differences }: Disagreement): string {
  const { seed, scene, injected, hidden, question } = fuzz;
  const changes = injected.length === 0 ? 'nothing changed' : injected.join(' + ');
  return [
    `seed ${seed}: ${scene}, ${changes}${hidden.length === 0 ? '' : `; hidden: ${hidden.join(', ')}`}`,
    `  asked: ${JSON.stringify(question.destination)}`,
    ...differences.map((difference) => `    ${difference}`),
  ].join('\n');
}
