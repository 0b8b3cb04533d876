import { describe, expect, it } from '@jest/globals';
import type { VpcEndpoint } from '../../src/model/observed.js';
import { RunError } from '../../src/model/problem.js';
import type { Observation } from '../../src/observe.js';
import { untilQuiet } from '../../src/quiet.js';
import { waiting } from '../builders/clock.js';
import { desired } from '../builders/desired.js';
import { fakeAws, inTurn } from '../builders/fake-aws.js';
import { type World, world } from '../builders/world.js';

const wanted = desired({ 'function-name': 'app-7', subnets: 'private', endpoints: 'logs' }, 'us-east-2');
const bare = (): World => world().vpc().privateSubnets(1);

function seen(made: World): Observation {
  const { lambda, policies, aliases, provisioned, tags, role, ...network } = made.observed();
  const [vpc] = network.vpcs;
  if (vpc === undefined) throw new Error('the world has no VPC');
  return {
    vpc,
    leftOut: [],
    price: undefined,
    functionList: undefined,
    observed: { ...network, functions: [{ lambda, policies, aliases, provisioned, tags, role }] },
  };
}

/** An answer with one endpoint for logs in a state; none where it is gone. */
const shows = (state: string | undefined, { observed }: Observation) => ({
  VpcEndpoints:
    state === undefined
      ? []
      : [
          {
            VpcEndpointId: 'vpce-1',
            VpcId: observed.vpcs[0]?.id,
            ServiceName: 'com.amazonaws.us-east-2.logs',
            VpcEndpointType: 'Interface',
            State: state,
          },
        ],
});

async function waited(made: World, states: readonly (string | undefined)[], budget = 600) {
  const before = seen(made);
  const aws = fakeAws({ 'ec2:DescribeVpcEndpoints': inTurn(...states.map((state) => shows(state, before))) });
  const clock = waiting(budget);
  const after = await untilQuiet(aws, before, wanted, clock, () => undefined);
  return { seconds: clock.clock.now() / 1000, endpoints: after.observed.endpoints, looks: aws.sent.length };
}

const deleting = (parts: Partial<VpcEndpoint> = {}): World =>
  bare().endpoint('logs', { state: 'deleting', ...parts });

describe('an endpoint that is being deleted', () => {
  it('is waited for until it is gone', async () => {
    const { endpoints, looks } = await waited(deleting(), ['Deleting', 'Deleting', undefined]);
    expect(endpoints).toEqual([]);
    expect(looks).toBe(3);
  });

  it('is waited for 3 minutes, and then the run goes on', async () => {
    const { seconds, endpoints } = await waited(deleting(), ['deleting']);
    expect(seconds).toBeGreaterThanOrEqual(180);
    expect(seconds).toBeLessThan(200);
    expect(endpoints.map(({ state }) => state)).toEqual(['deleting']);
  });

  it('is no reason to stop where wait-timeout is shorter', async () => {
    const { seconds, endpoints } = await waited(deleting(), ['deleting'], 30);
    expect(seconds).toBeLessThan(60);
    expect(endpoints).toHaveLength(1);
  });

  it('is not waited for where another one serves, or for another service', async () => {
    expect((await waited(deleting().endpoint('logs'), [])).looks).toBe(0);
    expect((await waited(bare().endpoint('ssm', { state: 'deleting' }), [])).looks).toBe(0);
  });
});

it('an endpoint that is being made stops the run where wait-timeout is over', async () => {
  await expect(waited(bare().endpoint('logs', { state: 'pending' }), ['pending'], 30)).rejects.toThrow(
    RunError,
  );
});
