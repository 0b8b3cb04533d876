import { describe, expect, it } from '@jest/globals';
import { id } from '../builders/ids.js';
import { changeOf, errorsOf, plan } from '../builders/plans.js';
import { type World, world } from '../builders/world.js';

const bare = (): World => world().vpc().privateSubnets(3);

describe('S3 Express One Zone', () => {
  const express = { subnets: 'private', endpoints: 's3express', reaches: 's3express' };
  const lists = {
    reach: {
      natGateways: undefined,
      prefixLists: [
        { id: id('pl', 1), cidrs: { ok: true as const, value: ['52.219.0.0/16'] } },
        { id: id('pl', 3), cidrs: { ok: true as const, value: ['3.5.0.0/19'] } },
      ],
    },
  };

  it('is served by a gateway endpoint, a rule to its prefix list, and reached', () => {
    const made = plan(bare().with(lists), express);
    expect(errorsOf(made)).toEqual([]);
    const [call] = changeOf(made, 'vpc-endpoint/s3express').calls;
    expect(call?.input).toMatchObject({
      VpcEndpointType: 'Gateway',
      ServiceName: 'com.amazonaws.us-east-2.s3express',
    });
    expect(JSON.stringify(changeOf(made, 'security-group-rules/function').calls)).toContain(id('pl', 3));
    const [row] = made.reach.filter(({ destination }) => destination === 's3express');
    expect([row?.after.status, row?.after.lines[0]?.text]).toEqual([
      'reachable',
      'through VPC endpoint s3express (new)',
    ]);
  });

  it('has no interface endpoint', () => {
    const made = plan(bare(), { ...express, endpoints: 's3express:interface' });
    expect(errorsOf(made)).toContain('endpoint-type-unsupported');
  });

  it('is not reached through the gateway endpoint of S3', () => {
    const made = plan(bare().with(lists), { ...express, endpoints: 's3' });
    const [row] = made.reach.filter(({ destination }) => destination === 's3express');
    expect(row?.after.status).toBe('blocked');
  });
});
