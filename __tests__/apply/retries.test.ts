import { describe, expect, it } from '@jest/globals';
import { patienceFor } from '../../src/apply/retries.js';
import { classify } from '../../src/aws/errors.js';
import { awsError } from '../builders/fake-aws.js';

const NO_ENI = 'The provided execution role does not have permissions to call CreateNetworkInterface on EC2';

interface Row {
  readonly name: string;
  readonly code: string;
  readonly message?: string;
  readonly policyIsNew?: boolean;
  readonly namesOwnWork?: boolean;
  readonly seconds: number | undefined;
}

const rows: readonly Row[] = [
  {
    name: 'the policy this run attached spreads',
    code: 'InvalidParameterValueException',
    message: NO_ENI,
    policyIsNew: true,
    seconds: 120,
  },
  {
    name: 'the same with an old policy is denied by something else',
    code: 'InvalidParameterValueException',
    message: NO_ENI,
    seconds: 20,
  },
  {
    name: 'a role that cannot be assumed yet',
    code: 'InvalidParameterValueException',
    message: 'The role defined for the function cannot be assumed by Lambda.',
    seconds: 60,
  },
  {
    name: 'a grant on a key',
    code: 'InvalidParameterValueException',
    message: 'the KMS key is invalid for CreateGrant',
    seconds: 30,
  },
  {
    name: 'EC2 throttles Lambda',
    code: 'InvalidParameterValueException',
    message: 'Your request has been throttled by EC2',
    seconds: 840,
  },
  { name: 'EC2 throttles', code: 'RequestLimitExceeded', seconds: 840 },
  { name: 'a group that this run made', code: 'InvalidGroup.NotFound', namesOwnWork: true, seconds: 60 },
  {
    name: 'a group that this run made, seen through Lambda',
    code: 'InvalidParameterValueException',
    message:
      "Error occurred while DescribeSecurityGroups. EC2 Error Code: InvalidGroup.NotFound. EC2 Error Message: The security group 'sg-1' does not exist",
    namesOwnWork: true,
    seconds: 60,
  },
  { name: 'a group that somebody named', code: 'InvalidGroup.NotFound', seconds: undefined },
  {
    name: 'the private name of a deleted endpoint',
    code: 'InvalidParameter',
    message: 'already a conflicting DNS domain for ssm',
    seconds: 180,
  },
  {
    name: 'a refusal',
    code: 'UnauthorizedOperation',
    policyIsNew: true,
    namesOwnWork: true,
    seconds: undefined,
  },
  {
    name: 'an invalid value',
    code: 'InvalidParameterValue',
    policyIsNew: true,
    namesOwnWork: true,
    seconds: undefined,
  },
  {
    name: 'an update in progress, which needs a new plan',
    code: 'ResourceConflictException',
    namesOwnWork: true,
    seconds: undefined,
  },
  {
    name: 'another revision, which needs a new plan',
    code: 'PreconditionFailedException',
    namesOwnWork: true,
    seconds: undefined,
  },
  { name: 'a quota', code: 'VpcEndpointLimitExceeded', namesOwnWork: true, seconds: undefined },
  { name: 'the unknown', code: 'Surprise', namesOwnWork: true, seconds: undefined },
];

describe('how long an error is forgiven', () => {
  it.each(rows)(
    '$name: $seconds s',
    ({ code, message = code, policyIsNew = false, namesOwnWork = false, seconds }) => {
      const problem = classify(awsError(code, message), 'ec2:CreateVpcEndpoint', 'vpc-1');
      const patience = patienceFor({ problem, policyIsNew, namesOwnWork });
      expect(patience?.seconds).toBe(seconds);
      if (patience) expect(patience.delays.length).toBeGreaterThan(0);
    },
  );
});
