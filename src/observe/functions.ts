import pLimit from 'p-limit';
import type { Aws } from '../aws/call.js';
import type { FunctionReference } from '../model/desired.js';
import type { LambdaFunction, LeftOut } from '../model/observed.js';
import type { AwsProblem } from '../model/problem.js';
import { type Reading, readOf } from '../model/reading.js';
import { LISTED_FROM } from '../resolve/users.js';
import { listFunctions, readFunction } from '../resources/function.js';
import { compareText } from '../text/order.js';
import { attempt } from './reading.js';

/** Functions as they were read, and those that could not be. */
export interface FunctionReadings {
  /** Sorted by name. */
  readonly found: readonly LambdaFunction[];
  readonly leftOut: readonly LeftOut[];
}

/** Requests of one kind in flight at once: Lambda's control plane serves 15 a second to an account (Lambda quotas). */
export const WIDTH = 10;

/** Pages follow one another, single reads do not: a list must save four reads a page to be worth its time. */
const mostPages = (count: number): number => Math.max(1, Math.floor(count / LISTED_FROM));

/** A list that is denied or fails leaves everything to single reads. */
async function fromList(aws: Aws, functions: readonly FunctionReference[]): Promise<LambdaFunction[]> {
  if (functions.length < LISTED_FROM) return [];
  const names = functions.map(({ name }) => name);
  const reading = await attempt(
    'lambda:ListFunctions',
    '*',
    listFunctions(aws, names, mostPages(functions.length)),
  );
  return readOf(reading) ?? [];
}

function readOne(aws: Aws, { name, arn }: FunctionReference): Promise<Reading<LambdaFunction>> {
  return attempt('lambda:GetFunctionConfiguration', name, readFunction(aws, arn ?? name));
}

/** A function that AWS does not know, told with where it was looked for. */
function explained(problem: AwsProblem, name: string, region: string, accountId: string | undefined) {
  if (problem.kind !== 'not-found') return problem;
  const where = accountId ? `account ${accountId}, region ${region}` : `region ${region}`;
  return {
    ...problem,
    code: 'function-not-found',
    message: `There is no function ${name} in ${where}.`,
    remedy: 'Check the name, and that aws-region and the credentials are those of the function.',
  };
}

/** Reads the functions of the inputs: out of the account's list where that is fewer requests, else one by one. */
export async function readFunctions(
  aws: Aws,
  functions: readonly FunctionReference[],
): Promise<readonly [FunctionReference, Reading<LambdaFunction>][]> {
  const listed = new Map((await fromList(aws, functions)).map((lambda) => [lambda.name, lambda]));
  return pLimit(WIDTH).map(functions, async (reference) => {
    const lambda = listed.get(reference.name);
    // An ARN may be of another account, which the list does not show.
    const isIt = lambda !== undefined && (reference.arn ?? lambda.arn) === lambda.arn;
    const reading = isIt ? { ok: true as const, value: lambda } : await readOne(aws, reference);
    return [reference, reading] as const;
  });
}

/** Parts what was read from what was not. */
export function parted(
  readings: readonly (readonly [FunctionReference, Reading<LambdaFunction>])[],
  region: string,
  accountId: string | undefined,
): FunctionReadings {
  const found = readings.flatMap(([, reading]) => (reading.ok ? [reading.value] : []));
  const leftOut = readings.flatMap(([{ name }, reading]) =>
    reading.ok ? [] : [{ functionName: name, problem: explained(reading.problem, name, region, accountId) }],
  );
  return { found: found.sort((one, other) => compareText(one.name, other.name)), leftOut };
}
