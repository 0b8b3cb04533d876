import { PARTITIONS, type Partition } from './partition-table.js';

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

/** The commercial partition, which regions of no known name belong to as well. */
const COMMERCIAL = partitionWithId('aws');

function partitionWithId(id: string): Partition {
  const found = PARTITIONS.find((partition) => partition.id === id);
  if (found === undefined) throw new Error(`The table of partitions lacks ${id}.`);
  return found;
}

/** The partition of a region; a region of no known name counts as one of `aws`. */
export function partitionOfRegion(region: string): Partition {
  return PARTITIONS.find(({ regions }) => regions.test(region)) ?? COMMERCIAL;
}

/** The partition of an ARN; undefined for one that this table does not know. */
export function partitionOfArn(arn: string): Partition | undefined {
  const { partition } = parseArn(arn);
  return PARTITIONS.find(({ id }) => id === partition);
}

/**
 * The names that AWS may have given to the endpoint service with this short name. Prefixes differ per
 * partition, region and service (domain.md row 73): the reversed DNS suffix of the partition, that of the
 * commercial partition, or `aws`. Which of them exists has to be looked up.
 */
export function serviceNameCandidates(word: string, region: string): string[] {
  const suffixes = [partitionOfRegion(region).dnsSuffix, COMMERCIAL.dnsSuffix];
  const prefixes = suffixes.map((suffix) => suffix.split('.').reverse().join('.'));
  return [...new Set([...prefixes, 'aws'])].map((prefix) => `${prefix}.${region}.${word}`);
}
