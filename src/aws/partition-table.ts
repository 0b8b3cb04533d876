/** One of AWS's separate worlds: own accounts, own ARNs, own addresses. */
export interface Partition {
  /** Second field of its ARNs. */
  readonly id: string;
  /** What its regions are called. */
  readonly regions: RegExp;
  /** Suffix of the addresses of its services. */
  readonly dnsSuffix: string;
  /** Audience of GitHub's tokens that its STS expects by convention. */
  readonly audience: string;
  /** Regions whose endpoint answers the Price List API; empty where the partition has none. */
  readonly priceListRegions: readonly string[];
}

/**
 * Every partition that the AWS SDKs know. Sources: regions and suffixes from the SDK's partitions.json
 * (@aws-sdk/core, util-endpoints); regions of the Price List API from the SDKs' endpoints.json (`api.pricing`);
 * audiences from the README of aws-actions/configure-aws-credentials, whose default is that of `aws` everywhere but
 * in China.
 */
export const PARTITIONS: readonly Partition[] = [
  {
    id: 'aws',
    regions: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    dnsSuffix: 'amazonaws.com',
    audience: 'sts.amazonaws.com',
    priceListRegions: ['us-east-1', 'eu-central-1', 'ap-south-1'],
  },
  {
    id: 'aws-cn',
    regions: /^cn-\w+-\d+$/,
    dnsSuffix: 'amazonaws.com.cn',
    audience: 'sts.amazonaws.com.cn',
    priceListRegions: ['cn-northwest-1'],
  },
  {
    id: 'aws-us-gov',
    regions: /^us-gov-\w+-\d+$/,
    dnsSuffix: 'amazonaws.com',
    audience: 'sts.amazonaws.com',
    priceListRegions: [],
  },
  {
    id: 'aws-eusc',
    regions: /^eusc-(de)-\w+-\d+$/,
    dnsSuffix: 'amazonaws.eu',
    audience: 'sts.amazonaws.com',
    priceListRegions: ['eusc-de-east-1'],
  },
  {
    id: 'aws-iso',
    regions: /^us-iso-\w+-\d+$/,
    dnsSuffix: 'c2s.ic.gov',
    audience: 'sts.amazonaws.com',
    priceListRegions: ['us-iso-east-1'],
  },
  {
    id: 'aws-iso-b',
    regions: /^us-isob-\w+-\d+$/,
    dnsSuffix: 'sc2s.sgov.gov',
    audience: 'sts.amazonaws.com',
    priceListRegions: ['us-isob-east-1'],
  },
  {
    id: 'aws-iso-e',
    regions: /^eu-isoe-\w+-\d+$/,
    dnsSuffix: 'cloud.adc-e.uk',
    audience: 'sts.amazonaws.com',
    priceListRegions: ['eu-isoe-west-1'],
  },
  {
    id: 'aws-iso-f',
    regions: /^us-isof-\w+-\d+$/,
    dnsSuffix: 'csp.hci.ic.gov',
    audience: 'sts.amazonaws.com',
    priceListRegions: ['us-isof-south-1'],
  },
];
