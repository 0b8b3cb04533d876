/**
 * Why Lambda could not finish an update or keep a function alive, and what to do: the reason codes of
 * `LastUpdateStatusReasonCode` and `StateReasonCode` (Lambda API reference, FunctionConfiguration).
 */
const EXPLANATIONS: Readonly<Record<string, { cause: string; remedy: string }>> = {
  EniLimitExceeded: {
    cause: 'the VPC has no room for another Lambda network interface',
    remedy:
      'Raise the quota "Elastic network interfaces per VPC" of Lambda in Service Quotas, or use fewer pairs of subnet and group set.',
  },
  InsufficientRolePermissions: {
    cause: 'the execution role may not make network interfaces',
    remedy:
      'Attach AWSLambdaVPCAccessExecutionRole to the role, and check its permission boundary and service control policies.',
  },
  SubnetOutOfIPAddresses: {
    cause: 'a subnet has no free address',
    remedy: 'Choose subnets with free addresses in `subnets`.',
  },
  InvalidSubnet: { cause: 'a subnet cannot be used', remedy: 'Choose other subnets in `subnets`.' },
  InvalidSecurityGroup: {
    cause: 'a security group cannot be used',
    remedy: 'Choose other groups in `security-groups`.',
  },
  InvalidConfiguration: { cause: 'the configuration is not valid', remedy: 'Correct what the reason names.' },
  DisallowedByVpcEncryptionControl: {
    cause: 'the VPC enforces encryption control',
    remedy: 'Exclude Lambda from the encryption control of the VPC, or choose another VPC.',
  },
  EC2RequestLimitExceeded: { cause: 'EC2 throttled Lambda', remedy: 'Run the job again in a few minutes.' },
  DependencyError: {
    cause: 'a service Lambda depends on failed',
    remedy: 'Run the job again in a few minutes.',
  },
  InternalError: {
    cause: 'Lambda had an internal error',
    remedy: 'Run the job again; open a case with AWS if it stays.',
  },
  EFSMountConnectivityError: {
    cause: 'the function cannot reach its file system',
    remedy:
      'Allow TCP 2049 between the groups of the function and of the mount targets, and choose subnets with a mount target.',
  },
  EFSMountTimeout: {
    cause: 'mounting the file system took too long',
    remedy: 'Allow TCP 2049 between the groups of the function and of the mount targets.',
  },
  EFSMountFailure: {
    cause: 'the file system could not be mounted',
    remedy: 'Check the access point and its permissions.',
  },
  EFSIOError: {
    cause: 'the file system does not answer',
    remedy: 'Check throughput and state of the file system.',
  },
  DisabledKMSKey: {
    cause: 'the KMS key of the environment is disabled',
    remedy: 'Enable the key of the function.',
  },
  InvalidStateKMSKey: {
    cause: 'the KMS key of the environment is in the wrong state',
    remedy: 'Check the state of the key of the function.',
  },
  KMSKeyAccessDenied: {
    cause: 'the execution role may not use the KMS key',
    remedy: 'Allow kms:Decrypt on the key of the function for the execution role.',
  },
  KMSKeyNotFound: {
    cause: 'the KMS key of the environment does not exist',
    remedy: 'Set another key for the function.',
  },
  ServiceQuotaExceededException: {
    cause: 'a quota is reached',
    remedy: 'Raise the quota that the reason names in Service Quotas.',
  },
};

/** Codes whose cause is the network; an update of the network may mend them. */
const NETWORK =
  /^(DisallowedByVpcEncryptionControl|EniLimitExceeded|SubnetOutOfIPAddresses|InvalidSubnet|InvalidSecurityGroup|EFSMount|InsufficientRolePermissions)/;

/** Whether a reason code speaks of the network, which this action can change. */
export function isNetworkReason(code: string | undefined): boolean {
  return code !== undefined && NETWORK.test(code);
}

/** Explains a reason code; an unknown one keeps AWS's own words. */
export function explainReason(
  code: string | undefined,
  reason: string | undefined,
): { cause: string; remedy: string } {
  const known = code === undefined ? undefined : EXPLANATIONS[code];
  const said = [code, reason].filter((part) => part !== undefined && part !== '').join(': ');
  return {
    cause: known ? `${known.cause}${said ? ` (${said})` : ''}` : said || 'AWS gives no reason',
    remedy:
      known?.remedy ??
      'Look up the reason code in the Lambda API reference, correct the cause, then run the job again.',
  };
}
