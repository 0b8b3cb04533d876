import { parseInputs } from '../../src/inputs/parse.js';
import type { Desired } from '../../src/model/desired.js';
import { REGION } from './ids.js';

/** What a step with these inputs desires, for example `desired({ subnets: 'private', endpoints: 'logs' })`. */
export function desired(inputs: Readonly<Record<string, string>>, region = REGION): Desired {
  const all = Object.entries({ 'function-name': 'app-7', 'aws-region': region, ...inputs });
  const env = Object.fromEntries(all.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]));
  return parseInputs(env).inputs.desired;
}
