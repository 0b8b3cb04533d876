import { randomUUID } from 'node:crypto';
import { product } from '../../../cost/price-lists.js';
import type { Answer } from '../answers.js';
import type { Context } from '../context.js';
import { AwsRefusal, type Handlers } from '../handler.js';
import { recordsOf, textOf, textsOf } from '../input.js';
import { simulated } from '../policies.js';
import type { AwsRequest } from '../request.js';
import { element, renderXml, type XmlElement } from '../xml.js';
import { functionMemory } from './functions.js';

/** Calls that moto answers with a web page: what AWS says in an account where nobody has changed anything. */
export const absentHandlers: Handlers = {
  'iam:SimulatePrincipalPolicy': { answer: simulate },
  'pricing:GetProducts': { answer: products },
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

/** Judges the role's policies and its boundary by action, on any resource. */
async function simulate({ input }: AwsRequest, { state }: Context): Promise<Answer> {
  const source = textOf(input, 'PolicySourceArn');
  const role = source.includes(':role/') ? (source.split('/').at(-1) ?? '') : '';
  const documents = await state.policyDocuments(role).catch(() => undefined);
  if (documents === undefined) {
    throw new AwsRefusal({ code: 'NoSuchEntity', message: `Role ${role} not found`, status: 404 });
  }
  const boundary = await state.boundaryDocument(role);
  const keys = recordsOf(input, 'ContextEntries').map((entry) => textOf(entry, 'ContextKeyName'));
  const resources = textsOf(input, 'ResourceArns');
  const results = textsOf(input, 'ActionNames').flatMap((action) => {
    const { decision, allowedByBoundary, missingKeys } = simulated(documents, boundary, action, keys);
    const limit =
      allowedByBoundary === undefined
        ? []
        : [
            element('PermissionsBoundaryDecisionDetail', [
              element('AllowedByPermissionsBoundary', String(allowedByBoundary)),
            ]),
          ];
    return (resources.length > 0 ? resources : ['*']).map((resource) =>
      element('member', [
        element('EvalActionName', action),
        element('EvalResourceName', resource),
        element('EvalDecision', decision),
        element('MatchedStatements'),
        element(
          'MissingContextValues',
          missingKeys.map((key) => element('member', key)),
        ),
        ...limit,
      ]),
    );
  });
  const result = [element('EvaluationResults', results), element('IsTruncated', 'false')];
  return xml('SimulatePrincipalPolicyResponse', 'https://iam.amazonaws.com/doc/2010-05-08/', [
    element('SimulatePrincipalPolicyResult', result),
    element('ResponseMetadata', [element('RequestId', randomUUID())]),
  ]);
}

/** The Price List: products of interface endpoints, as the region asks for. */
async function products({ input }: AwsRequest, { options }: Context): Promise<Answer> {
  const region = recordsOf(input, 'Filters').find((filter) => textOf(filter, 'Field') === 'regionCode');
  const price = options.endpointPrice;
  const list =
    price === undefined || region === undefined
      ? []
      : [
          product({ region: textOf(region, 'Value'), price: { USD: price } }),
          product({ region: textOf(region, 'Value'), usageType: 'USE2-VpcEndpoint-Bytes', unit: 'GB' }),
        ];
  return json({ FormatVersion: 'aws_v1', PriceList: list });
}

function xml(name: string, namespace: string, children: readonly XmlElement[]): Answer {
  const root = { ...element(name, children), attributes: ` xmlns="${namespace}"` };
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: renderXml(root) };
}

function json(body: object): Answer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
