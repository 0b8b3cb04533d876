import type { Action, Aws, Input, Output } from '../../src/aws/call.js';
import { REGION } from './ids.js';

/** What an action answers: a value, or a function of its input that may throw the SDK's error. */
type Answer = object | ((input: Record<string, unknown>) => object | Promise<object>);

/** An `Aws` port with canned answers; it remembers every request in order. */
export interface FakeAws extends Aws {
  readonly sent: { readonly action: Action; readonly input: Record<string, unknown> }[];
}

/** An error as the SDK throws it. */
export function awsError(name: string, message = name, httpStatusCode = 400): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode } });
}

/** Answers one after the other, the last one for ever. Errors are thrown. */
export function inTurn(...answers: readonly (object | Error)[]): Answer {
  let next = 0;
  return () => {
    const answer = answers[Math.min(next, answers.length - 1)] ?? {};
    next += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

/** Makes the port; an action without an answer throws. */
export function fakeAws(answers: Partial<Record<Action, Answer>>): FakeAws {
  const sent: FakeAws['sent'] = [];
  async function send<A extends Action>(action: A, input: Input<A>): Promise<Output<A>> {
    const fields: Record<string, unknown> = { ...input };
    sent.push({ action, input: fields });
    const answer = answers[action];
    if (answer === undefined) throw new Error(`the test has no answer for ${action}`);
    return (await (typeof answer === 'function' ? answer(fields) : answer)) as Output<A>;
  }
  return { region: REGION, sent, send, pages: async (action, input) => [await send(action, input)] };
}
