import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../src/model/plan.js';
import { attributeTexts } from '../../src/report/changes.js';
import { withRulesOfNewGroups } from '../../src/report/new-groups.js';
import { changes } from '../fixtures/plan.js';

const ids = (some: readonly Change[]): string[] => some.map(({ id }) => id);
const RULES = [
  'security-group-rules/endpoints',
  'security-group-rules/function',
  'security-group-rules/function-default',
];

const textsOf = (id: string, told: readonly Change[]): string[] =>
  told.filter((change) => change.id === id).flatMap((change) => attributeTexts(change));

describe('a new group', () => {
  it('is told with the rules it gets, and without those AWS put into it', () => {
    const told = withRulesOfNewGroups(changes);
    expect(ids(told)).toEqual(ids(changes).filter((id) => !RULES.includes(id)));
    expect(textsOf('security-group/function', told).slice(2)).toEqual([
      'outbound: tcp 443 to the group of security-group/endpoints',
    ]);
    expect(textsOf('security-group/endpoints', told).slice(2)).toEqual([
      'inbound: tcp 443 from 12.25.15.0/25',
    ]);
  });

  it('has no outbound rules where only those of AWS are removed', () => {
    const told = withRulesOfNewGroups(changes.filter(({ id }) => id !== 'security-group-rules/function'));
    expect(textsOf('security-group/function', told).slice(2)).toEqual(['outbound: none']);
  });

  it('leaves rules alone that failed', () => {
    const told = withRulesOfNewGroups(changes, ({ id }) => id === 'security-group-rules/function');
    expect(ids(told)).toContain('security-group-rules/function');
    expect(ids(told)).not.toContain('security-group-rules/endpoints');
  });
});

it('leaves the rules of groups that exist where they are', () => {
  const others = changes.filter(({ kind }) => kind !== 'security-group');
  expect(withRulesOfNewGroups(others)).toEqual(others);
});
