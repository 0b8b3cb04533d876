import { describe, expect, it } from '@jest/globals';
import { classify } from '../../src/aws/errors.js';
import type { AwsErrorKind } from '../../src/model/problem.js';
import { awsError } from '../builders/fake-aws.js';

const rows: readonly { code: string; message?: string; kind: AwsErrorKind; status?: number }[] = [
  { code: 'InvalidGroup.NotFound', kind: 'not-found' },
  { code: 'InvalidSubnetID.NotFound', kind: 'not-found' },
  { code: 'InvalidVpcEndpointId.NotFound', kind: 'not-found' },
  { code: 'InvalidPermission.NotFound', kind: 'not-found' },
  { code: 'NoSuchEntity', kind: 'not-found' },
  { code: 'NoSuchEntityException', kind: 'not-found' },
  { code: 'ResourceNotFoundException', kind: 'not-found', status: 404 },
  { code: 'UnauthorizedOperation', kind: 'denied', status: 403 },
  { code: 'Client.UnauthorizedOperation', kind: 'denied' },
  { code: 'AccessDenied', kind: 'denied', status: 403 },
  { code: 'AccessDeniedException', kind: 'denied', status: 403 },
  { code: 'ExpiredToken', kind: 'credentials' },
  { code: 'ExpiredTokenException', kind: 'credentials' },
  { code: 'InvalidClientTokenId', kind: 'credentials' },
  { code: 'UnrecognizedClientException', kind: 'credentials' },
  { code: 'AuthFailure', kind: 'credentials' },
  { code: 'SignatureDoesNotMatch', kind: 'credentials' },
  { code: 'InvalidSignatureException', kind: 'credentials' },
  { code: 'RequestExpired', kind: 'credentials' },
  { code: 'OptInRequired', kind: 'credentials' },
  {
    code: 'CredentialsProviderError',
    message: 'Could not load credentials from any providers',
    kind: 'credentials',
  },
  { code: 'RequestLimitExceeded', kind: 'throttled', status: 503 },
  { code: 'Throttling', kind: 'throttled' },
  { code: 'ThrottlingException', kind: 'throttled' },
  { code: 'ThrottledException', kind: 'throttled' },
  { code: 'TooManyRequestsException', message: 'Rate exceeded', kind: 'throttled', status: 429 },
  { code: 'EC2ThrottledException', kind: 'throttled' },
  { code: 'RequestThrottled', kind: 'throttled' },
  { code: 'SlowDown', kind: 'throttled', status: 503 },
  { code: 'SomethingNew', kind: 'throttled', status: 429 },
  {
    code: 'InvalidParameterValueException',
    message:
      'Your request has been throttled by EC2, please make sure you have enough API rate limit. EC2 Error Code: RequestLimitExceeded.',
    kind: 'throttled',
  },
  {
    code: 'ResourceConflictException',
    message: 'The operation cannot be performed at this time. An update is in progress for resource: arn:…',
    kind: 'busy',
    status: 409,
  },
  { code: 'PreconditionFailedException', kind: 'stale', status: 412 },
  { code: 'InvalidGroup.Duplicate', kind: 'exists' },
  { code: 'InvalidPermission.Duplicate', kind: 'exists' },
  { code: 'RouteAlreadyExists', kind: 'exists' },
  { code: 'EntityAlreadyExists', kind: 'exists' },
  {
    code: 'InvalidParameter',
    message:
      'private-dns-enabled cannot be set because there is already a conflicting DNS domain for ssm.us-east-2.amazonaws.com in the VPC vpc-1',
    kind: 'exists',
  },
  { code: 'DependencyViolation', kind: 'conflict' },
  { code: 'IdempotentParameterMismatch', kind: 'conflict' },
  { code: 'ConcurrentModification', kind: 'conflict' },
  {
    code: 'InvalidParameterValueException',
    message: 'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    kind: 'not-ready',
  },
  {
    code: 'InvalidParameterValueException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
    kind: 'not-ready',
  },
  {
    code: 'InvalidParameterValueException',
    message:
      'Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. Please check your KMS key settings.',
    kind: 'not-ready',
  },
  { code: 'LimitExceeded', message: 'Cannot exceed quota for PoliciesPerRole: 10', kind: 'quota' },
  { code: 'VpcEndpointLimitExceeded', kind: 'quota' },
  { code: 'RulesPerSecurityGroupLimitExceeded', kind: 'quota' },
  { code: 'ServiceQuotaExceededException', kind: 'quota' },
  { code: 'InvalidServiceName', kind: 'invalid' },
  {
    code: 'InvalidParameterValueException',
    message: 'Security Groups are required to be in the same VPC.',
    kind: 'invalid',
  },
  { code: 'ValidationError', kind: 'invalid' },
  { code: 'MalformedPolicyDocument', kind: 'invalid' },
  { code: 'DuplicateSubnetsInSameZone', kind: 'invalid' },
  { code: 'InsufficientFreeAddressesInSubnet', kind: 'invalid' },
  { code: 'MissingParameter', kind: 'invalid' },
  {
    code: 'InvalidParameterValueException',
    message:
      "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group 'sg-1' does not exist",
    kind: 'not-found',
  },
  { code: 'InternalError', kind: 'unknown', status: 500 },
  { code: 'ServiceException', kind: 'unknown', status: 500 },
  { code: 'AbortError', message: 'Request aborted', kind: 'cancelled' },
  { code: 'TimeoutError', kind: 'unreachable' },
];

describe('AWS errors by name and message', () => {
  it.each(rows)('$code $message → $kind', ({ code, message = `${code} happened`, kind, status = 400 }) => {
    const problem = classify(awsError(code, message, status), 'ec2:CreateVpcEndpoint', 'vpc-1');
    expect(problem).toMatchObject({ kind, awsCode: code });
    expect(problem.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(problem.remedy).toMatch(/^[A-Z][a-z]+ .*\.$/);
  });

  it.each([
    'ENOTFOUND',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ])('network errors of Node: %s', (code) => {
    const error = Object.assign(new Error(`connect ${code}`), { code });
    expect(classify(error, 'ec2:DescribeVpcs', '*').kind).toBe('unreachable');
  });

  it.each(['boom', 7, null, undefined, {}, { name: 1, message: 2 }, new Error('plain')])(
    'anything thrown: %p',
    (thrown) => {
      expect(classify(thrown, 'ec2:DescribeVpcs', '*')).toMatchObject({
        kind: 'unknown',
        code: 'aws-error',
        action: 'ec2:DescribeVpcs',
      });
    },
  );

  it('names the action, the resource, the code and what AWS said', () => {
    const { message } = classify(
      awsError('InvalidServiceName', 'No such service.'),
      'ec2:CreateVpcEndpoint',
      'vpc-1',
    );
    expect(message).toBe('ec2:CreateVpcEndpoint on vpc-1 failed: InvalidServiceName: No such service.');
  });

  it('tells missing credentials from rejected ones', () => {
    expect(classify(awsError('CredentialsProviderError'), 'sts:GetCallerIdentity', '*').code).toBe(
      'credentials-missing',
    );
    expect(classify(awsError('ExpiredToken'), 'sts:GetCallerIdentity', '*').code).toBe(
      'credentials-rejected',
    );
  });
});

describe('a denial names what is missing', () => {
  it.each([
    {
      name: 'EC2 of late, with the resource and a blob',
      error: awsError(
        'UnauthorizedOperation',
        'You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/deploy/run is not authorized to perform: ec2:CreateTags on resource: arn:aws:ec2:us-east-2:123456789012:vpc-endpoint/* because no identity-based policy allows the ec2:CreateTags action. Encoded authorization failure message: c2VjcmV0',
      ),
      action: 'ec2:CreateTags',
      on: 'arn:aws:ec2:us-east-2:123456789012:vpc-endpoint/*',
    },
    {
      name: 'EC2 of old, which names nothing',
      error: awsError(
        'UnauthorizedOperation',
        'You are not authorized to perform this operation. Encoded authorization failure message: c2VjcmV0',
      ),
      action: 'ec2:CreateVpcEndpoint',
      on: 'vpc-1',
    },
    {
      name: 'IAM',
      error: awsError(
        'AccessDenied',
        'User: arn:aws:sts::123456789012:assumed-role/deploy/run is not authorized to perform: iam:AttachRolePolicy on resource: role app-7-role with an explicit deny in a service control policy',
      ),
      action: 'iam:AttachRolePolicy',
      on: 'role',
      explicit: true,
    },
    {
      name: 'Lambda, which reads with the caller’s own permissions',
      error: awsError(
        'AccessDeniedException',
        'Your access has been denied by EC2, please make sure your request credentials have permission to DescribeSecurityGroups for sg-0a1b2c3d. EC2 Error Code: UnauthorizedOperation. EC2 Error Message: You are not authorized to perform this operation. Encoded authorization failure message: c2VjcmV0',
      ),
      action: 'ec2:DescribeSecurityGroups',
      on: '(\\*|sg-0a1b2c3d)',
    },
  ])('$name', ({ error, action, on, explicit = false }) => {
    const problem = classify(error, 'ec2:CreateVpcEndpoint', 'vpc-1');
    expect(problem).toMatchObject({ kind: 'denied', code: 'permission-missing', action });
    const place = on.startsWith('(') ? on : on.replace(/[*]/g, '\\*');
    expect(problem.message).toMatch(new RegExp(`^AWS refused ${action} on ${place}`));
    expect(problem.remedy).toMatch(new RegExp(`^Allow ${action} on ${place}`));
    expect(problem.message.includes('explicit deny')).toBe(explicit);
    expect(JSON.stringify(problem)).not.toContain('c2VjcmV0');
  });
});

describe('a refused move', () => {
  const refused = (action: string) =>
    classify(awsError('AccessDeniedException', 'User is not authorized', 403), action, 'app-7').remedy;

  it('hints at conditions that no read shows', () => {
    expect(refused('lambda:UpdateFunctionConfiguration')).toContain('`lambda:VpcIds`');
    expect(refused('lambda:ListTags')).not.toContain('VpcIds');
  });
});

describe('no secret is kept of an error', () => {
  it.each([
    {
      name: 'an encoded authorization message, whatever the code',
      error: awsError('SomethingElse', 'No. Encoded authorization failure message: top-secret'),
    },
    {
      name: 'the raw answer that the SDK hangs on its errors',
      error: Object.assign(awsError('ServiceException', 'Oops'), {
        $response: { body: 'top-secret' },
        $metadata: { requestId: 'x', extra: 'top-secret' },
      }),
    },
    {
      name: 'the request with its headers',
      error: Object.assign(awsError('TimeoutError', 'socket'), {
        request: { headers: { authorization: 'top-secret' } },
      }),
    },
    {
      name: 'the piece of the body in a message about broken JSON, which may hold environment variables',
      error: Object.assign(
        new SyntaxError(
          `Unexpected token 'h', ..."PASSWORD":"top-secret"..." is not valid JSON\n  Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.`,
        ),
        { $metadata: { httpStatusCode: 200 } },
      ),
    },
    {
      name: 'the canonical request with the session token',
      error: awsError(
        'SignatureDoesNotMatch',
        "The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this request should have been\n'POST\n/\n\nhost:ec2.us-east-2.amazonaws.com\nx-amz-security-token:top-secret\n",
        403,
      ),
    },
  ])('$name', ({ error }) => {
    expect(JSON.stringify(classify(error, 'lambda:GetFunctionConfiguration', 'app-7'))).not.toContain(
      'top-secret',
    );
  });

  it('long messages are cut', () => {
    expect(
      classify(awsError('Oops', 'x'.repeat(5_000)), 'ec2:DescribeVpcs', '*').message.length,
    ).toBeLessThan(600);
  });
});
