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

/** DNS suffix of each partition's regions (partitions.json of the AWS SDKs); other regions are of `aws`. */
const DNS_SUFFIXES: readonly { readonly regions: RegExp; readonly suffix: string }[] = [
  { regions: /^cn-/, suffix: 'amazonaws.com.cn' },
  { regions: /^eusc-/, suffix: 'amazonaws.eu' },
  { regions: /^us-iso-/, suffix: 'c2s.ic.gov' },
  { regions: /^us-isob-/, suffix: 'sc2s.sgov.gov' },
  { regions: /^eu-isoe-/, suffix: 'cloud.adc-e.uk' },
  { regions: /^us-isof-/, suffix: 'csp.hci.ic.gov' },
];
const COMMERCIAL_SUFFIX = 'amazonaws.com';

/**
 * The names that AWS may have given to the endpoint service with this short name. Prefixes differ per
 * partition, region and service (domain.md row 73): the reversed DNS suffix of the partition, that of the
 * commercial partition, or `aws`. Which of them exists has to be looked up.
 */
export function serviceNameCandidates(word: string, region: string): string[] {
  const own = DNS_SUFFIXES.find(({ regions }) => regions.test(region))?.suffix ?? COMMERCIAL_SUFFIX;
  const prefixes = [own, COMMERCIAL_SUFFIX].map((suffix) => suffix.split('.').reverse().join('.'));
  return [...new Set([...prefixes, 'aws'])].map((prefix) => `${prefix}.${region}.${word}`);
}
