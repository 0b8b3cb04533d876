import { describe, expect, it } from '@jest/globals';
import { compareOn, describeDisagreement, type Judge } from './fuzz/compare.js';
import { engine } from './fuzz/engine.js';
import { caseOf } from './fuzz/generate.js';
import { fuzz } from './fuzz/run.js';
import { shortOf } from './fuzz/tally.js';
import { aclAnswers } from './simulator/known/acls.js';
import { groupAnswers } from './simulator/known/groups.js';
import { nameAnswers } from './simulator/known/names.js';
import { routeAnswers } from './simulator/known/routes.js';
import { makeWorld } from './simulator/known/world.js';
import { awsLaws, type Laws } from './simulator/laws.js';
import type { Finding } from './simulator/opinion.js';
import { simulate } from './simulator/simulate.js';

const answers = [...aclAnswers, ...groupAnswers, ...routeAnswers, ...nameAnswers];
const smallCount = 1500;

function brief(finding: Finding): string {
  if (finding.status === 'reachable') return 'reachable';
  const { status, code, component } = finding;
  const where = `${status} ${code} ${component.kind} ${component.id}`;
  return finding.status === 'unknown' ? where : `${where} ${finding.rule ?? '-'} ${finding.leg}`;
}

describe('the simulator on what AWS pages say', () => {
  it.each(answers)('$name ($page)', ({ change, ask, answer }) => {
    const world = makeWorld();
    change(world);
    const { lines } = simulate(world.network, { place: world.place, destination: ask });
    expect(lines.map((line) => brief(line.finding))).toEqual(answer);
  });

  it('is asked at least sixty different things, each with a page', () => {
    expect(new Set(answers.map((row) => row.name)).size).toBeGreaterThanOrEqual(60);
    expect(answers.filter((row) => !/^[\w-]+\/latest\/[\w/-]+\.html$/.test(row.page))).toEqual([]);
  });
});

describe('the engine on what AWS pages say', () => {
  it.each(answers)('$name ($page)', ({ change, ask, answer }) => {
    const world = makeWorld();
    change(world);
    const { lines } = engine(world.network, { place: world.place, destination: ask });
    expect(lines.map((line) => brief(line.finding))).toEqual(answer);
  });
});

describe('random networks', () => {
  const { tally, disagreements } = fuzz(engine, smallCount);

  it('are judged alike by the engine and the simulator', () => {
    expect(disagreements.map(describeDisagreement)).toEqual([]);
  });

  it('are of every kind', () => {
    const rareFew = shortOf(tally).filter((bound) => !bound.includes('below 100 in 20,000'));
    expect(rareFew).toEqual([]);
    expect(Object.entries(tally.codes).filter(([, count]) => count === 0)).toEqual([]);
  });

  it('are the same for the same seed', () => {
    expect(caseOf(7)).toEqual(caseOf(7));
    expect(caseOf(7)).not.toEqual(caseOf(8));
  });
});

describe('an engine that breaks a law', () => {
  const broken: readonly [string, Laws][] = [
    ['ignores ACLs', { ...awsLaws, decidingEntry: () => 'no-acl' }],
    [
      'tries ACL entries from the highest number',
      {
        ...awsLaws,
        decidingEntry: (acl, egress, packet) => {
          const entries = acl.entries.map((entry) => ({ ...entry, number: -entry.number }));
          return awsLaws.decidingEntry({ ...acl, entries }, egress, packet);
        },
      },
    ],
    ['ignores replies', { ...awsLaws, carriesReplies: false }],
    ['takes the first route that matches', { ...awsLaws, bestMatches: (matches) => matches.slice(0, 1) }],
    [
      'settles what AWS chooses at random',
      { ...awsLaws, bestMatches: (matches) => awsLaws.bestMatches(matches).slice(0, 1) },
    ],
  ];

  it.each(broken)('is caught when it %s', (_, laws) => {
    const judge: Judge = (network, question) => simulate(network, question, laws);
    const seeds = Array.from({ length: smallCount }, (__, index) => index + 1);
    expect(seeds.some((seed) => compareOn(caseOf(seed), judge) !== undefined)).toBe(true);
  });

  it('is caught when it throws', () => {
    const judge: Judge = () => {
      throw new Error('cannot');
    };
    expect(compareOn(caseOf(1), judge)?.differences).toEqual(['threw Error: cannot']);
  });
});
