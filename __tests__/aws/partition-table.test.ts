import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PARTITIONS } from '../../src/aws/partition-table.js';
import { partitionOfArn, partitionOfRegion, serviceNameCandidates } from '../../src/aws/partitions.js';
import { projectRoot } from '../support/project-root.js';

interface SdkPartition {
  readonly id: string;
  readonly regionRegex: string;
  readonly regions: Readonly<Record<string, unknown>>;
  readonly outputs: { readonly dnsSuffix: string };
}

/** The partitions that the installed AWS SDK knows. */
function sdkPartitions(): SdkPartition[] {
  const path = 'node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js';
  const source = readFileSync(join(projectRoot, path), 'utf8');
  const json = source
    .slice(source.indexOf('{'), source.lastIndexOf('}') + 1)
    .replace(/^(\s*)partitions:/m, '$1"partitions":');
  return JSON.parse(json).partitions;
}

const known = sdkPartitions();

it('holds every partition of the SDK and no other', () => {
  expect(known.length).toBeGreaterThanOrEqual(8);
  expect(PARTITIONS.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort());
});

describe.each(known)('$id', ({ id, regionRegex, regions, outputs }) => {
  const partition = PARTITIONS.find((one) => one.id === id);

  it('has the names and suffixes of the SDK', () => {
    expect(partition?.dnsSuffix).toBe(outputs.dnsSuffix);
    expect(partition?.regions.source).toBe(new RegExp(regionRegex).source.replaceAll('\\-', '-'));
  });

  it.each(Object.keys(regions).filter((region) => !region.endsWith('-global')))(
    'has the region %s',
    (region) => {
      expect(partitionOfRegion(region).id).toBe(id);
      expect(PARTITIONS.filter((one) => one.regions.test(region))).toHaveLength(1);
    },
  );

  it('is found by an ARN', () => {
    expect(partitionOfArn(`arn:${id}:iam::123456789012:role/x`)).toBe(partition);
  });

  it('answers prices from regions of its own', () => {
    for (const region of partition?.priceListRegions ?? []) expect(partitionOfRegion(region).id).toBe(id);
  });
});

it.each(PARTITIONS)('$id has the audience $audience', ({ id, audience }) => {
  expect(audience).toBe(id === 'aws-cn' ? 'sts.amazonaws.com.cn' : 'sts.amazonaws.com');
});

it('a region of no known name counts as commercial, an ARN of none as unknown', () => {
  expect(partitionOfRegion('moon-base-1').id).toBe('aws');
  expect(partitionOfArn('arn:aws-moon:iam::123456789012:role/x')).toBeUndefined();
  expect(partitionOfArn('nonsense')).toBeUndefined();
});

it.each([
  ['us-east-2', ['com.amazonaws.us-east-2.logs', 'aws.us-east-2.logs']],
  ['us-gov-west-1', ['com.amazonaws.us-gov-west-1.logs', 'aws.us-gov-west-1.logs']],
  [
    'cn-north-1',
    ['cn.com.amazonaws.cn-north-1.logs', 'com.amazonaws.cn-north-1.logs', 'aws.cn-north-1.logs'],
  ],
  [
    'eusc-de-east-1',
    ['eu.amazonaws.eusc-de-east-1.logs', 'com.amazonaws.eusc-de-east-1.logs', 'aws.eusc-de-east-1.logs'],
  ],
  [
    'us-iso-east-1',
    ['gov.ic.c2s.us-iso-east-1.logs', 'com.amazonaws.us-iso-east-1.logs', 'aws.us-iso-east-1.logs'],
  ],
  [
    'us-isob-east-1',
    ['gov.sgov.sc2s.us-isob-east-1.logs', 'com.amazonaws.us-isob-east-1.logs', 'aws.us-isob-east-1.logs'],
  ],
  [
    'eu-isoe-west-1',
    ['uk.adc-e.cloud.eu-isoe-west-1.logs', 'com.amazonaws.eu-isoe-west-1.logs', 'aws.eu-isoe-west-1.logs'],
  ],
  [
    'us-isof-south-1',
    ['gov.ic.hci.csp.us-isof-south-1.logs', 'com.amazonaws.us-isof-south-1.logs', 'aws.us-isof-south-1.logs'],
  ],
])('endpoint services of %s may be called %j', (region, names) => {
  expect(serviceNameCandidates('logs', region)).toEqual(names);
});
