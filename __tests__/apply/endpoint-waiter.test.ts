import { describe, expect, it } from '@jest/globals';
import { makeEndpointWaiter } from '../../src/apply/endpoint-waiter.js';
import { waiting } from '../builders/clock.js';
import { awsError, fakeAws } from '../builders/fake-aws.js';

/** A fake in which each endpoint is pending for so many looks. */
function world(pending: Record<string, number>, states: Record<string, string> = {}) {
  const looks = new Map<string, number>();
  const aws = fakeAws({
    'ec2:DescribeVpcEndpoints': ({ VpcEndpointIds }) => ({
      VpcEndpoints: (VpcEndpointIds as string[]).map((VpcEndpointId) => {
        const look = (looks.get(VpcEndpointId) ?? 0) + 1;
        looks.set(VpcEndpointId, look);
        return {
          VpcEndpointId,
          State: look > (pending[VpcEndpointId] ?? 0) ? (states[VpcEndpointId] ?? 'Available') : 'Pending',
        };
      }),
    }),
  });
  const shared = waiting();
  const told: string[] = [];
  return { aws, shared, told, wait: makeEndpointWaiter(aws, shared, ({ text }) => told.push(text)) };
}

const late = (milliseconds: number): Promise<'hangs'> =>
  new Promise((resolve) => setTimeout(() => resolve('hangs'), milliseconds));

describe('endpoints that are waited for', () => {
  it('share one request, which shrinks as they get ready', async () => {
    const { aws, wait } = world({ 'vpce-1': 0, 'vpce-2': 2 });
    const ends = await Promise.all([wait('vpce-1'), wait('vpce-2')]);
    expect(ends.map((end) => end.how === 'settled' && end.value.state)).toEqual(['available', 'available']);
    expect(aws.sent.map(({ input }) => input.VpcEndpointIds)).toEqual([
      ['vpce-1', 'vpce-2'],
      ['vpce-2'],
      ['vpce-2'],
    ]);
  });

  it('are told while they are waited for', async () => {
    const { told, wait } = world({ 'vpce-1': 1, 'vpce-2': 1 });
    await Promise.all([wait('vpce-1'), wait('vpce-2')]);
    expect(told).toEqual(['waiting for 2 endpoints: vpce-1, vpce-2']);
  });

  it.each(['Failed', 'Rejected', 'Expired', 'PendingAcceptance', 'Deleted'])(
    'are not waited for once they are %s',
    async (state) => {
      const { wait } = world({}, { 'vpce-1': state });
      expect(await wait('vpce-1')).toMatchObject({ how: 'settled', value: { state: state.toLowerCase() } });
    },
  );

  it('may be unknown at first', async () => {
    let look = 0;
    const aws = fakeAws({
      'ec2:DescribeVpcEndpoints': () => {
        look += 1;
        if (look < 3) throw awsError('InvalidVpcEndpointId.NotFound');
        return { VpcEndpoints: [{ VpcEndpointId: 'vpce-1', State: 'Available' }] };
      },
    });
    expect(await makeEndpointWaiter(aws, waiting(), () => undefined)('vpce-1')).toMatchObject({
      how: 'settled',
    });
  });

  it('fail at once where the look is refused', async () => {
    const aws = fakeAws({
      'ec2:DescribeVpcEndpoints': () => {
        throw awsError('UnauthorizedOperation');
      },
    });
    const wait = makeEndpointWaiter(aws, waiting(), () => undefined);
    const ends = await Promise.allSettled([wait('vpce-1'), wait('vpce-2')]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(aws.sent).toHaveLength(1);
  });

  it('end in time, together', async () => {
    const { shared, wait } = world({ 'vpce-1': 1_000, 'vpce-2': 1_000 });
    expect(await Promise.all([wait('vpce-1'), wait('vpce-2')])).toEqual([
      { how: 'timeout', value: undefined },
      { how: 'timeout', value: undefined },
    ]);
    expect(shared.clock.now()).toBe(600_000);
  });

  it('can be waited for after others were', async () => {
    const { wait } = world({});
    await wait('vpce-1');
    await late(1);
    expect(await wait('vpce-2')).toMatchObject({ how: 'settled' });
  });

  it.each(Array.from({ length: 12 }, (_, index) => index))(
    'never hang, even when one joins just as the others end (%d turns later)',
    async (turns) => {
      const { wait } = world({});
      const joined = wait('vpce-1').then(async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        return wait('vpce-2');
      });
      expect(await Promise.race([joined, late(200)])).toMatchObject({ how: 'settled' });
    },
  );
});
