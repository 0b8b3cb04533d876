import { describe, expect, it } from '@jest/globals';
import { grammar } from '../../src/inputs/grammar.js';
import { parsed, problemsOf } from '../builders/env.js';

/** What the step says about a name beside a valid function and region. */
function remedyOf(name: string, inputs: Record<string, string> = {}) {
  const [error] = problemsOf({ [name]: 'x', ...inputs });
  if (error) return `error: ${error.remedy}`;
  return parsed({ [name]: 'x', ...inputs }).warnings.map(({ remedy }) => `warning: ${remedy}`)[0];
}

describe('a name that is nearly the name of an input is an error', () => {
  it.each([
    ['subnet', 'subnets'],
    ['sunbets', 'subnets'],
    ['security_groups', 'security-groups'],
    ['securitygroups', 'security-groups'],
    ['security-group', 'security-groups'],
    ['functionname', 'function-name'],
    ['function_name', 'function-name'],
    ['fucntion-name', 'function-name'],
    ['function-arn', 'function-name'],
    ['dryrun', 'dry-run'],
    ['dry_run', 'dry-run'],
    ['aws-regoin', 'aws-region'],
    ['aws_region', 'aws-region'],
    ['allow-account-ids', 'allowed-account-ids'],
    ['allowed-accounts', 'allowed-account-ids'],
    ['endpionts', 'endpoints'],
    ['security-group-ids', 'security-groups'],
    ['iam_policy', 'iam-policy'],
    ['tag', 'tags'],
    ['wait-timeouts', 'wait-timeout'],
  ])('%s: %s', (name, word) => {
    expect(remedyOf(name)).toBe(`error: Write \`${word}\` instead.`);
    expect(problemsOf({ [name]: 'x' })[0]?.message).toBe(`Input ${name} is unknown.`);
  });

  it.each([
    ['subnet-ids', 'subnets'],
    ['vpc-id', 'vpc'],
    ['groups-security', 'security-groups'],
  ])('so is another way of saying it, unless the input is given as well: %s', (name, word) => {
    expect(remedyOf(name)).toBe(`error: Write \`${word}\` instead.`);
    const given = word === 'vpc' ? 'vpc-0a1b2c3d' : 'name:x';
    expect(remedyOf(name, { [word]: given })).toBe(
      `warning: Write \`${word}\` if that is meant; else remove it.`,
    );
  });
});

describe('other names need not be of this step, and are warnings', () => {
  // Inputs of well-known actions and of composite actions, which nektos/act hands down to their steps.
  it.each([
    'who-to-greet',
    'node-version',
    'action-name',
    'source-name',
    'service-name',
    'role-name',
    'environment',
    'entrypoint',
    'fetch-depth',
    'path',
    'repository',
    'vpn',
    'code',
    'args',
    'x',
    '',
    '-',
  ])('%s', (name) => {
    expect(problemsOf({ [name]: 'x' })).toEqual([]);
    expect(remedyOf(name)).toMatch(/^warning: (Remove it|Write `[a-z-]+` if that is meant)/);
  });

  it.each([
    ['region', 'aws-region'],
    ['function', 'function-name'],
    ['timeout', 'wait-timeout'],
    ['policy', 'endpoint-policy'],
  ])('with a hint where one may be meant: %s', (name, word) => {
    expect(remedyOf(name)).toBe(`warning: Write \`${word}\` if that is meant; else remove it.`);
  });

  it('are told in one warning where they are like no input', () => {
    const leaked = { path: 'x', args: 'x', 'fetch-depth': '0', region: 'x' };
    expect(parsed(leaked).warnings.map(({ message }) => message)).toEqual([
      'Input region is unknown.',
      'Inputs args, fetch-depth and path are unknown.',
    ]);
  });

  it('and are told beside an error, whose cause they may be', () => {
    const problems = problemsOf({ 'function-name': '', function: 'app-7' });
    expect(problems.map(({ message }) => message)).toEqual([
      'Input function-name is missing.',
      'Input function is unknown.',
    ]);
  });
});

it('no input is taken for another one', () => {
  for (const name of Object.keys(grammar)) {
    const others = problemsOf({ [name]: 'x' }).filter(({ code }) => code === 'unknown-input');
    expect(others).toEqual([]);
  }
});
