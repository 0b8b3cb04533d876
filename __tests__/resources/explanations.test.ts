import { describe, expect, it } from '@jest/globals';
import { isOwnRole, lacksPolicy, sufficientPolicy } from '../../src/resources/execution-role.js';
import { explainReason, isNetworkReason } from '../../src/resources/update-failures.js';
import { OTHER_ACCOUNT } from '../builders/ids.js';
import { VPC_POLICY, world } from '../builders/world.js';

describe('reason codes of Lambda', () => {
  it.each([
    'EniLimitExceeded',
    'InsufficientRolePermissions',
    'SubnetOutOfIPAddresses',
    'InvalidSubnet',
    'InvalidSecurityGroup',
    'DisallowedByVpcEncryptionControl',
    'EC2RequestLimitExceeded',
    'EFSMountConnectivityError',
    'EFSMountTimeout',
    'KMSKeyNotFound',
    'InternalError',
  ])('%s has a cause and a remedy of its own', (code) => {
    const { cause, remedy } = explainReason(code, 'the words of AWS');
    expect(cause).toMatch(/^(a|an|the|mounting|EC2|Lambda) .*\(.*the words of AWS\)$/);
    expect(cause).toContain(code);
    expect(remedy).toMatch(/^[A-Z][a-z]+ .*\.$/);
  });

  it('an unknown code keeps the words of AWS', () => {
    expect(explainReason('SomethingNew', 'because').cause).toBe('SomethingNew: because');
    expect(explainReason(undefined, undefined).cause).toBe('AWS gives no reason');
  });

  it.each([
    ['InvalidSubnet', true],
    ['EniLimitExceeded', true],
    ['EFSMountTimeout', true],
    ['DisallowedByVpcEncryptionControl', true],
    ['KMSKeyNotFound', false],
    ['InternalError', false],
    [undefined, false],
  ])('%s is about the network: %s', (code, network) => {
    expect(isNetworkReason(code)).toBe(network);
  });
});

describe('the policy of the execution role', () => {
  it.each([
    ['aws', 'service-role/AWSLambdaVPCAccessExecutionRole', true],
    ['aws-cn', 'service-role/AWSLambdaVPCAccessExecutionRole', true],
    ['aws-us-gov', 'service-role/AWSLambdaENIManagementAccess', true],
    ['aws', 'AdministratorAccess', true],
    ['aws', 'service-role/AWSLambdaBasicExecutionRole', false],
    ['aws', 'ReadOnlyAccess', false],
  ])('%s %s is enough: %s', (partition, path, enough) => {
    expect(
      sufficientPolicy([{ name: 'x', arn: `arn:${partition}:iam::aws:policy/${path}` }]) !== undefined,
    ).toBe(enough);
  });

  it('one of the account’s own with the same name proves nothing', () => {
    expect(
      sufficientPolicy([
        { name: VPC_POLICY.name, arn: `arn:aws:iam::123456789012:policy/${VPC_POLICY.name}` },
      ]),
    ).toBeUndefined();
  });

  it('is not said to be missing where it could not be read', () => {
    expect(lacksPolicy({ policies: undefined })).toBe(false);
    expect(lacksPolicy({ policies: { ok: true, value: [] } })).toBe(true);
    expect(lacksPolicy({ policies: { ok: true, value: [VPC_POLICY] } })).toBe(false);
  });

  it('can only be changed in the own account', () => {
    const own = world().observed();
    const foreign = world()
      .function('app-7', { roleArn: `arn:aws:iam::${OTHER_ACCOUNT}:role/app` })
      .observed();
    expect([isOwnRole(own), isOwnRole(foreign)]).toEqual([true, false]);
  });
});
