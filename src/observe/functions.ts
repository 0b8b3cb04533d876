import pLimit from 'p-limit';
import type { Aws } from '../aws/call.js';
import type { FunctionReference } from '../model/desired.js';
import type { LambdaFunction, LeftOut } from '../model/observed.js';
import type { AwsProblem } from '../model/problem.js';
import { type Reading, readOf } from '../model/reading.js';
import { LISTED_FROM } from '../resolve/users.js';
import { type FunctionList, listFunctions, readFunction } from '../resources/function.js';
import { compareText } from '../text/order.js';
import { attempt, attemptIf } from './reading.js';

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
function fromList(
  aws: Aws,
  functions: readonly FunctionReference[],
): Promise<Reading<FunctionList> | undefined> {
  const names = functions.map(({ name }) => name);
  return attemptIf(functions.length >= LISTED_FROM, 'lambda:ListFunctions', '*', () =>
    listFunctions(aws, names, mostPages(functions.length)),
  );
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

/** The functions of the inputs, and the account's list where they were looked for in it. */
export interface ReadFunctions {
  readonly readings: readonly (readonly [FunctionReference, Reading<LambdaFunction>])[];
  readonly list: Reading<FunctionList> | undefined;
}

/** Reads the functions of the inputs: out of the account's list where that is fewer requests, else one by one. */
export async function readFunctions(
  aws: Aws,
  functions: readonly FunctionReference[],
): Promise<ReadFunctions> {
  const list = await fromList(aws, functions);
  const listed = new Map((readOf(list)?.found ?? []).map((lambda) => [lambda.name, lambda]));
  const readings = await pLimit(WIDTH).map(functions, async (reference) => {
    const lambda = listed.get(reference.name);
    // An ARN may be of another account, which the list does not show.
    const isIt = lambda !== undefined && (reference.arn ?? lambda.arn) === lambda.arn;
    const reading = isIt ? { ok: true as const, value: lambda } : await readOne(aws, reference);
    return [reference, reading] as const;
  });
  return { readings, list };
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
