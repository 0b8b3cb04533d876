import { describe, expect, test } from '@jest/globals';
import { canonical, formOfInput, inputOfForm } from '../support/proxy/input.js';
import { allows } from '../support/proxy/policies.js';
import { functionName, readRequest } from '../support/proxy/request.js';
import { canonicalCidr } from '../support/proxy/rules.js';
import { itemsOf, parseXml, renderXml, setChild, textAt } from '../support/proxy/xml.js';

describe('XML', () => {
  const source =
    '<R xmlns="urn:x"><set><item><id>a &lt; b &amp; c</id></item><item><id/></item></set><done>true</done></R>';

  test('is written back as it was read', () => {
    expect(renderXml(parseXml(source))).toBe(`<?xml version="1.0" encoding="utf-8"?>\n${source}`);
  });

  test('gives texts without entities', () => {
    expect(textAt(itemsOf(parseXml(source), 'set')[0], 'id')).toBe('a < b & c');
  });

  test('takes new children', () => {
    const root = parseXml('<R><a>1</a></R>');
    setChild(root, 'a', '2');
    setChild(root, 'b', '3');
    expect(renderXml(root)).toContain('<R><a>2</a><b>3</b></R>');
  });

  test('blanks between elements are no text', () => {
    expect(renderXml(parseXml('<R>\n  <a>1</a>\n</R>'))).toContain('<R><a>1</a></R>');
  });

  test('a document that does not end is refused', () => {
    expect(() => parseXml('<R><a></R>')).toThrow('XML');
  });
});

describe('query parameters', () => {
  const form =
    'Action=A&Version=1&Filter.1.Name=n&Filter.1.Value.1=x&Filter.1.Value.2=y&Filter.2.Name=m&VpcId=v';
  const input = { Filter: [{ Name: 'n', Value: ['x', 'y'] }, { Name: 'm' }], VpcId: 'v' };

  test('become nested', () => {
    expect(inputOfForm(new URLSearchParams(form))).toEqual(input);
  });

  test('become flat again', () => {
    expect(inputOfForm(new URLSearchParams(formOfInput('A', '1', input)))).toEqual(input);
  });

  test('more than nine elements keep their order', () => {
    const many = Array.from({ length: 12 }, (_, index) => `V.${index + 1}=${index}`).join('&');
    expect(inputOfForm(new URLSearchParams(many))).toEqual({
      V: Array.from({ length: 12 }, (_, index) => `${index}`),
    });
  });

  test('IAM writes lists with a word more', () => {
    expect(inputOfForm(new URLSearchParams('Tags.member.1.Key=k'))).toEqual({ Tags: [{ Key: 'k' }] });
  });

  test('equal inputs have equal texts', () => {
    expect(canonical({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(canonical({ b: [{ d: 3, c: 2 }], a: 1 }));
  });
});

describe('requests', () => {
  const signed = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=AK/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host`,
  });

  test('the service and the region come from the signature', () => {
    const request = readRequest({
      method: 'POST',
      path: '/',
      headers: signed('ec2'),
      body: 'Action=DescribeVpcs',
    });
    expect(request).toMatchObject({ action: 'ec2:DescribeVpcs', region: 'eu-west-1', service: 'ec2' });
  });

  test('without a signature it is STS', () => {
    const body = 'Action=AssumeRoleWithWebIdentity&RoleArn=r';
    expect(readRequest({ method: 'POST', path: '/', headers: {}, body })?.action).toBe(
      'sts:AssumeRoleWithWebIdentity',
    );
  });

  test.each([
    [
      'GET',
      '/2015-03-31/functions/app/configuration',
      'lambda:GetFunctionConfiguration',
      { FunctionName: 'app' },
    ],
    [
      'PUT',
      '/2015-03-31/functions/app/configuration',
      'lambda:UpdateFunctionConfiguration',
      { FunctionName: 'app' },
    ],
    ['GET', '/2015-03-31/functions/app', 'lambda:GetFunction', { FunctionName: 'app' }],
    ['GET', '/2015-03-31/functions/?MaxItems=2', 'lambda:ListFunctions', { MaxItems: '2' }],
    ['GET', '/2015-03-31/functions/app/aliases', 'lambda:ListAliases', { FunctionName: 'app' }],
    ['GET', '/2015-03-31/functions/app/versions', 'lambda:ListVersionsByFunction', { FunctionName: 'app' }],
    ['POST', '/2017-03-31/tags/arn%3Aaws%3Alambda', 'lambda:TagResource', { Resource: 'arn:aws:lambda' }],
  ])('%s %s is %s', (method, path, action, input) => {
    expect(readRequest({ method, path, headers: signed('lambda'), body: '' })).toMatchObject({
      action,
      input,
    });
  });

  test('a function has one name, however it is written', () => {
    const written = [
      'app',
      'app:1',
      '123456789012:function:app',
      'arn:aws:lambda:us-east-2:123456789012:function:app:$LATEST',
    ];
    expect(new Set(written.map(functionName))).toEqual(new Set(['app']));
  });
});

test.each([
  ['12.25.15.9/25', '12.25.15.0/25'],
  ['10.255.255.255/9', '10.128.0.0/9'],
  ['10.1.2.3/32', '10.1.2.3/32'],
  ['10.1.2.3/0', '0.0.0.0/0'],
  ['fd00::/8', 'fd00::/8'],
])('%s is stored as %s', (given, stored) => {
  expect(canonicalCidr(given)).toBe(stored);
});

describe('policies', () => {
  const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
  const action = 'ec2:CreateNetworkInterface';

  test.each(['ec2:CreateNetworkInterface', 'ec2:*', '*', 'EC2:createnetwork*', 'ec2:Create?etworkInterface'])(
    'an Allow of %s allows',
    (Action) => {
      expect(allows([policy({ Effect: 'Allow', Action: ['s3:GetObject', Action] })], action)).toBe(true);
    },
  );

  test('a Deny anywhere wins', () => {
    const documents = [policy({ Effect: 'Allow', Action: '*' }), policy({ Effect: 'Deny', Action: 'ec2:*' })];
    expect(allows(documents, action)).toBe(false);
  });

  test('NotAction is everything else', () => {
    expect(allows([policy({ Effect: 'Allow', NotAction: 'iam:*' })], action)).toBe(true);
    expect(allows([policy({ Effect: 'Allow', NotAction: 'ec2:*' })], action)).toBe(false);
  });

  test('nothing allows nothing', () => {
    expect(allows([], action)).toBe(false);
  });
});
