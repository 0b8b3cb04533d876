import { randomUUID } from 'node:crypto';
import type { Answer } from '../answers.js';
import type { Context } from '../context.js';
import { AwsRefusal, type Handlers } from '../handler.js';
import { textOf, textsOf } from '../input.js';
import { decision } from '../policies.js';
import type { AwsRequest } from '../request.js';
import { element, renderXml, type XmlElement } from '../xml.js';
import { functionMemory } from './functions.js';

/** Calls that moto answers with a web page: what AWS says in an account where nobody has changed anything. */
export const absentHandlers: Handlers = {
  'iam:SimulatePrincipalPolicy': { answer: simulate },
  'ec2:DescribeVpcBlockPublicAccessOptions': {
    answer: async ({ region }) =>
      xml('DescribeVpcBlockPublicAccessOptionsResponse', 'http://ec2.amazonaws.com/doc/2016-11-15/', [
        element('requestId', randomUUID()),
        element('vpcBlockPublicAccessOptions', [
          element('awsAccountId', '123456789012'),
          element('awsRegion', region),
          element('internetGatewayBlockMode', 'off'),
          element('state', 'default-state'),
        ]),
      ]),
  },
  'lambda:ListProvisionedConcurrencyConfigs': {
    answer: async ({ input, region }, { memory }) => {
      const { extras } = functionMemory(memory, region, textOf(input, 'FunctionName'));
      return json({ ProvisionedConcurrencyConfigs: extras.ProvisionedConcurrencyConfigs ?? [] });
    },
  },
  'lambda:GetAccountSettings': {
    answer: async () =>
      json({
        AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 },
        AccountUsage: { FunctionCount: 0, TotalCodeSize: 0 },
      }),
  },
};

/** Judges the role's policies by action; resources, conditions and boundaries are not judged. */
async function simulate({ input }: AwsRequest, { state }: Context): Promise<Answer> {
  const source = textOf(input, 'PolicySourceArn');
  const role = source.includes(':role/') ? (source.split('/').at(-1) ?? '') : '';
  const documents = await state.policyDocuments(role).catch(() => undefined);
  if (documents === undefined) {
    throw new AwsRefusal({ code: 'NoSuchEntity', message: `Role ${role} not found`, status: 404 });
  }
  const resources = textsOf(input, 'ResourceArns');
  const results = textsOf(input, 'ActionNames').flatMap((action) =>
    (resources.length > 0 ? resources : ['*']).map((resource) =>
      element('member', [
        element('EvalActionName', action),
        element('EvalResourceName', resource),
        element('EvalDecision', decision(documents, action)),
        element('MatchedStatements'),
        element('MissingContextValues'),
      ]),
    ),
  );
  const result = [element('EvaluationResults', results), element('IsTruncated', 'false')];
  return xml('SimulatePrincipalPolicyResponse', 'https://iam.amazonaws.com/doc/2010-05-08/', [
    element('SimulatePrincipalPolicyResult', result),
    element('ResponseMetadata', [element('RequestId', randomUUID())]),
  ]);
}

function xml(name: string, namespace: string, children: readonly XmlElement[]): Answer {
  const root = { ...element(name, children), attributes: ` xmlns="${namespace}"` };
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: renderXml(root) };
}

function json(body: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
