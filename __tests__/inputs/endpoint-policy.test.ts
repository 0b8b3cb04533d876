import { describe, expect, it } from '@jest/globals';
import { parseInputs } from '../../src/inputs/parse.js';
import { type Problem, RunError } from '../../src/model/problem.js';
import { inputEnv } from '../builders/env.js';

const files: Readonly<Record<string, string>> = {
  'policies/logs.json': '{ "Statement": [] }',
  'policies/other.json': '{ "password": "hunter2" }',
  'policies/text': 'hunter2',
  'policies/long.json': `{"Statement":["${'x'.repeat(20_480)}"]}`,
};

function read(text: string): string | undefined {
  const env = inputEnv({ 'function-name': 'app-7', 'aws-region': 'us-east-2', 'endpoint-policy': text });
  return parseInputs(env, (path) => files[path]).inputs.desired.endpointPolicy;
}

function problemsOf(text: string): readonly Problem[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RunError) return error.problems;
  }
  throw new Error('it was read');
}

const refusal = (text: string): string =>
  problemsOf(text)
    .map(({ message }) => message)
    .join();

describe('endpoint-policy', () => {
  it('is JSON, or the path of a file that holds it', () => {
    expect(read('{ "Statement": [] }')).toBe('{"Statement":[]}');
    expect(read('policies/logs.json')).toBe('{"Statement":[]}');
    expect(read('')).toBeUndefined();
  });

  it('of a path that leads nowhere says that the repository has to be checked out', () => {
    const [problem] = problemsOf('policies/none.json');
    expect(problem?.remedy).toContain('actions/checkout');
  });

  it.each([
    ['policies/none.json', 'is not JSON, and no file of that path can be read'],
    ['policies/other.json', 'a policy in JSON with a `Statement`'],
    ['policies/text', 'is not a file that holds JSON'],
    ['policies/long.json', 'at most 20480 characters (it has 20498)'],
  ])('of %s is refused by the name of the file, and without what it says', (path, expected) => {
    expect(refusal(path)).toContain(expected);
    expect(refusal(path)).toContain(`\`${path}\``);
    expect(refusal(path)).not.toContain('hunter2');
  });
});
