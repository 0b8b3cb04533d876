/** The parts of an ARN that decide where a resource lives. */
export interface ArnParts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
}

/** Takes an ARN apart; parts that an ARN leaves out are empty. */
export function parseArn(arn: string): ArnParts {
  const [, partition = '', , region = '', accountId = '', ...resource] = arn.split(':');
  return { partition, region, accountId, resource: resource.join(':') };
}

/** ARN of a policy that AWS manages, in the partition of another ARN. */
export function awsManagedPolicyArn(partitionOf: string, path: string): string {
  return `arn:${parseArn(partitionOf).partition}:iam::aws:policy/${path}`;
}

/** Name of a role: the last segment of its ARN, whatever its path. */
export function roleNameOf(roleArn: string): string {
  return roleArn.split('/').pop() ?? roleArn;
}
