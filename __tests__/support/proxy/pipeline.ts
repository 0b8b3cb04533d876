import { type Answer, errorAnswer } from './answers.js';
import type { Context } from './context.js';
import { AwsRefusal, type Handler, type JsonBody } from './handler.js';
import { textOf } from './input.js';
import { cutJson, cutXml, withoutPaging } from './paging.js';
import { refuse } from './refusals/index.js';
import type { AwsRequest } from './request.js';
import { parametersOf } from './translate/endpoints.js';
import { handlers } from './translate/index.js';
import { parseXml, renderXml } from './xml.js';

/** Refusals, translation, moto, translation, paging: the answer that AWS would give. */
export async function answerOf(request: AwsRequest, context: Context): Promise<Answer> {
  try {
    return await handle(request, context);
  } catch (error) {
    if (error instanceof AwsRefusal) return errorAnswer(request.service, error.error);
    throw error;
  }
}

async function handle(request: AwsRequest, context: Context): Promise<Answer> {
  const handler = handlers[request.action] ?? {};
  const again = isRepeatedCreate(request, context)
    ? context.memory.tokens.get(textOf(request.input, 'ClientToken'))
    : undefined;
  if (again) return again.answer;
  const refusal = await refuse(request, context);
  if (refusal) return errorAnswer(request.service, refusal);
  const own = await handler.answer?.(request, context);
  const asked = own ? request : ((await handler.request?.(request, context)) ?? request);
  const answer = own ?? (await context.forward(withoutPaging(asked)));
  const translated = answer.status < 300 ? await translate(answer, handler, request, context) : answer;
  rememberToken(translated, request, context);
  return translated;
}

async function translate(
  answer: Answer,
  handler: Handler,
  request: AwsRequest,
  context: Context,
): Promise<Answer> {
  const { pageSize } = context.options;
  if (request.service === 'lambda' || request.service === 'pricing') {
    if (!answer.body.startsWith('{')) return answer;
    const body = JSON.parse(answer.body) as JsonBody;
    await handler.json?.(body, request, context);
    cutJson(body, request, pageSize);
    return { ...answer, body: JSON.stringify(body) };
  }
  if (!answer.body.includes('<')) return answer;
  const root = parseXml(answer.body);
  await handler.xml?.(root, request, context);
  cutXml(root, request, pageSize);
  return { ...answer, body: renderXml(root) };
}

/** The same token with the same parameters: AWS gives the first answer again and makes nothing. */
function isRepeatedCreate({ action, input }: AwsRequest, { memory }: Context): boolean {
  const known = memory.tokens.get(textOf(input, 'ClientToken'));
  return action === 'ec2:CreateVpcEndpoint' && known?.parameters === parametersOf(input);
}

function rememberToken(answer: Answer, { action, input }: AwsRequest, { memory }: Context): void {
  const token = textOf(input, 'ClientToken');
  if (action !== 'ec2:CreateVpcEndpoint' || token === '' || answer.status >= 300) return;
  memory.tokens.set(token, { parameters: parametersOf(input), answer });
}
