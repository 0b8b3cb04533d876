import { partitionOfRegion } from '../aws/partitions.js';
import type { EndpointService, VpcEndpoint } from '../model/observed.js';

/**
 * DNS labels of services whose name is not their endpoint word with its parts turned round: `ecr.api` is
 * `api.ecr` by that rule. Names as DescribeVpcEndpointServices answers them, and the service endpoints of the AWS
 * General Reference.
 */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  'ecr.dkr': ['*.dkr.ecr', 'dkr.ecr'],
  'execute-api': ['*.execute-api'],
  'kinesis-firehose': ['firehose'],
  'kinesis-streams': ['kinesis'],
  'aps-workspaces': ['aps-workspaces'],
  'appsync-api': ['*.appsync-api'],
  s3: ['s3', '*.s3'],
  // The regional one; the zonal ones are named after a zone's id and are addresses of the same prefix list (S3 User
  // Guide, "Networking for directory buckets").
  s3express: ['s3express-control'],
};

/**
 * The services that AWS serves through gateway endpoints, each by a prefix list of its name (AWS PrivateLink guide,
 * "Gateway endpoints"; S3 User Guide, "Networking for directory buckets").
 */
export const GATEWAY_WORDS: readonly string[] = ['s3', 'dynamodb', 's3express'];

/** What follows the region in a full service name; the whole of a name without a region. */
export function serviceWord(serviceName: string, region: string): string {
  const at = serviceName.indexOf(`.${region}.`);
  return at < 0 ? serviceName : serviceName.slice(at + region.length + 2);
}

/** The DNS names of a service by the word of its endpoint, where nobody lists them. */
export function derivedNames(word: string, region: string): string[] {
  const labels = LABELS[word] ?? [word.split('.').reverse().join('.')];
  return labels.map((label) => `${label}.${region}.${partitionOfRegion(region).dnsSuffix}`);
}

/** The DNS names that an endpoint of a service may answer: as AWS lists them, else derived from its word. */
export function serviceNames(
  serviceName: string,
  region: string,
  services: readonly EndpointService[] | undefined,
): readonly string[] {
  const listed = services?.find(({ name }) => name === serviceName)?.privateNames ?? [];
  return listed.length > 0 ? listed : derivedNames(serviceWord(serviceName, region), region);
}

/** The same of an endpoint that stands: its own answer counts most. */
export function endpointNames(
  { serviceName, privateNames }: VpcEndpoint,
  region: string,
  services: readonly EndpointService[] | undefined,
): readonly string[] {
  return privateNames.length > 0 ? privateNames : serviceNames(serviceName, region, services);
}

/** One name to ask for out of those of a service: a whole one before one below a `*`. */
export function nameToAsk(names: readonly string[], word: string, region: string): string {
  const [usual = ''] = derivedNames(word, region);
  const name = names.find((one) => one === usual) ?? names.find((one) => !one.startsWith('*.')) ?? names[0];
  return (name ?? usual).replace(/^\*\./, 'any.');
}
