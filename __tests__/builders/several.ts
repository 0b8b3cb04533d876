import type { LambdaFunction, Observed } from '../../src/model/observed.js';
import type { Targets } from '../../src/plan/make-plan.js';
import { resolveTarget } from '../../src/resolve/target.js';
import { desired } from './desired.js';
import { ACCOUNT, REGION } from './ids.js';
import { identity } from './plans.js';

/** What differs from a plain function. */
export type Parts = Partial<LambdaFunction>;

/** Functions of one world, by name, each with what differs from a plain one. */
export function several(made: Observed, functions: Readonly<Record<string, Parts>>): Observed[] {
  return Object.entries(functions).map(([name, parts]) => ({
    ...made,
    lambda: {
      ...made.lambda,
      name,
      arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
      roleArn: `arn:aws:iam::${ACCOUNT}:role/${name}-role`,
      ...parts,
    },
  }));
}

/** Where the inputs lead for functions that share one group. */
export function targets(each: readonly Observed[], wish: Readonly<Record<string, string>>): Targets {
  const names = each.map(({ lambda }) => lambda.name).join(',');
  const wanted = desired({ 'function-name': names, 'resource-name': 'set', ...wish });
  const [first, ...others] = each.map((observed) => {
    const [vpc] = observed.vpcs;
    if (vpc === undefined) throw new Error('the world has no VPC');
    return resolveTarget(wanted, observed, vpc, identity, REGION);
  });
  if (first === undefined) throw new Error('no function');
  return [first, ...others];
}
