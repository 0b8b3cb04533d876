import { type ParsedInputs, parseInputs } from '../../src/inputs/parse.js';
import { type Problem, RunError } from '../../src/model/problem.js';

type Inputs = Readonly<Record<string, string>>;

/** The variables a runner sets for these inputs. */
export function inputEnv(inputs: Inputs): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
}

/** Parses inputs beside a function name and a region. */
export function parsed(inputs: Inputs, env: Inputs = {}): ParsedInputs {
  return parseInputs({
    ...inputEnv({ 'function-name': 'app-7', 'aws-region': 'us-east-2', ...inputs }),
    ...env,
  });
}

/** The problems parsing these inputs meets; none when it succeeds. */
export function problemsOf(inputs: Inputs, env: Inputs = {}): readonly Problem[] {
  try {
    parsed(inputs, env);
    return [];
  } catch (error) {
    if (error instanceof RunError) return error.problems;
    throw error;
  }
}
