import { beforeEach, describe, expect, test } from '@jest/globals';
import { awsClients } from '../support/aws-clients.js';
import { count, depth, writes } from '../support/proxy/calls.js';
import { deny, type Effect, throttleEveryDistinctCall } from '../support/proxy/faults.js';
import { allowOnly } from '../support/proxy/permissions.js';
import { region, withTestBed } from '../support/test-bed.js';
import { buildCaseStudy, type CaseStudy } from '../support/worlds/case-study.js';

const bed = withTestBed();
let world: CaseStudy;

beforeEach(async () => {
  world = await buildCaseStudy(bed.direct);
});

/** One call of each service. */
const callsOfEachService = {
  ec2: () => bed.through.ec2.describeVpcs({}),
  iam: () => bed.through.iam.getRole({ RoleName: world.roleName }),
  lambda: () => bed.through.lambda.getFunctionConfiguration({ FunctionName: world.functionName }),
  sts: () => bed.through.sts.getCallerIdentity({}),
} as const;

type Called = keyof typeof callsOfEachService;

describe('what the SDK makes of each service', () => {
  test.each([
    ['ec2', 'RequestLimitExceeded', 503],
    ['iam', 'Throttling', 400],
    ['lambda', 'TooManyRequestsException', 429],
    ['sts', 'Throttling', 400],
  ] as const)('throttling %s', async (service, name, status) => {
    bed.proxy.inject({ when: { action: `${service}:*` }, do: { kind: 'throttle' } });
    const expected = { name, $metadata: { httpStatusCode: status } };
    await expect(callsOfEachService[service]()).rejects.toMatchObject(expected);
    await callsOfEachService[service]();
  });

  test.each([
    ['ec2', 'UnauthorizedOperation', /You are not authorized .* perform: ec2:DescribeVpcs because/],
    [
      'iam',
      'AccessDenied',
      /perform: iam:GetRole on resource: arn:aws:iam::123456789012:role\/app-7-lambda-role/,
    ],
    [
      'lambda',
      'AccessDeniedException',
      /on resource: arn:aws:lambda:us-east-2:123456789012:function:app-7 because/,
    ],
    ['sts', 'AccessDenied', /sts:GetCallerIdentity/],
  ] as const)('denying %s', async (service, name, message) => {
    bed.proxy.inject(deny(`${service}:*`));
    const expected = { name, message: expect.stringMatching(message), $metadata: { httpStatusCode: 403 } };
    await expect(callsOfEachService[service]()).rejects.toMatchObject(expected);
    await expect(callsOfEachService[service]()).rejects.toMatchObject(expected);
  });

  test.each(['ec2', 'iam', 'lambda', 'sts'] as const)(
    'a web page instead of an answer of %s',
    async (service: Called) => {
      bed.proxy.inject({ when: { action: `${service}:*` }, do: { kind: 'html500' } });
      await expect(callsOfEachService[service]()).rejects.toThrow();
      expect(bed.proxy.calls[0]).toMatchObject({ status: 500, errorCode: 'HTML 500' });
    },
  );

  test.each(['ec2', 'iam', 'lambda', 'sts'] as const)(
    'an error of the test for %s',
    async (service: Called) => {
      const error: Effect = { kind: 'error', code: 'Surprise', message: 'a < b & c', status: 418 };
      bed.proxy.inject({ when: { action: `${service}:*` }, do: error });
      await expect(callsOfEachService[service]()).rejects.toMatchObject({
        name: 'Surprise',
        message: 'a < b & c',
      });
      expect(bed.proxy.calls[0]).toMatchObject({ status: 418, errorCode: 'Surprise' });
    },
  );
});

describe('when a fault strikes', () => {
  const read = () =>
    bed.through.ec2.describeVpcs({}).then(
      () => 'well',
      () => 'struck',
    );

  test('the nth time, so many times', async () => {
    bed.proxy.inject({ when: { action: 'ec2:DescribeVpcs', nth: 2 }, times: 2, do: { kind: 'throttle' } });
    expect([await read(), await read(), await read(), await read()]).toEqual([
      'well',
      'struck',
      'struck',
      'well',
    ]);
  });

  test('where a predicate holds', async () => {
    bed.proxy.inject({ when: { predicate: ({ input }) => 'VpcId' in input }, do: { kind: 'throttle' } });
    expect(await read()).toBe('well');
    await expect(bed.through.ec2.describeVpcs({ VpcIds: [world.vpcId] })).rejects.toThrow();
  });

  test('only while it is there', async () => {
    bed.proxy.inject({ when: {}, times: 100, do: { kind: 'throttle' } });
    expect(await read()).toBe('struck');
    bed.proxy.clearFaults();
    expect(await read()).toBe('well');
  });

  test('the first attempts of every distinct call', async () => {
    bed.proxy.inject(throttleEveryDistinctCall(2));
    const clients = awsClients({ endpoint: bed.proxy.url, region, attempts: 3 });
    await clients.ec2.describeVpcs({});
    await clients.ec2.describeVpcs({});
    await clients.ec2.describeSubnets({});
    clients.close();
    const codes = bed.proxy.calls.map(({ errorCode }) => (errorCode === '' ? 'ok' : 'throttled'));
    expect(codes).toEqual(['throttled', 'throttled', 'ok', 'ok', 'throttled', 'throttled', 'ok']);
  });
});

describe('a connection that breaks', () => {
  const create = () =>
    bed.through.ec2.createSecurityGroup({ GroupName: 'g', Description: 'g', VpcId: world.vpcId });
  const groups = async () =>
    (await bed.direct.ec2.describeSecurityGroups({ Filters: [{ Name: 'group-name', Values: ['g'] }] }))
      .SecurityGroups;

  test('before the effect', async () => {
    bed.proxy.inject({ when: { action: 'ec2:CreateSecurityGroup' }, do: { kind: 'drop', moment: 'before' } });
    await expect(create()).rejects.toThrow();
    expect(await groups()).toHaveLength(0);
    expect(bed.proxy.calls[0]).toMatchObject({ status: 0, errorCode: 'dropped' });
  });

  test('after the effect, so that only the answer is lost', async () => {
    bed.proxy.inject({ when: { action: 'ec2:CreateSecurityGroup' }, do: { kind: 'drop', moment: 'after' } });
    await expect(create()).rejects.toThrow();
    expect(await groups()).toHaveLength(1);
  });
});

describe('time and order', () => {
  test('latency and delay add up, and calls at the same time wait at the same time', async () => {
    bed.proxy.setOptions({ latency: 60 });
    bed.proxy.inject({ when: { action: 'sts:*' }, do: { kind: 'delay', milliseconds: 60 } });
    await Promise.all([callsOfEachService.ec2(), callsOfEachService.iam(), callsOfEachService.sts()]);
    await callsOfEachService.lambda();
    const taken = Object.fromEntries(
      bed.proxy.calls.map(({ service, start, end }) => [service, end - start]),
    );
    expect(taken.ec2).toBeGreaterThanOrEqual(59);
    expect(taken.sts).toBeGreaterThanOrEqual(119);
    expect(count(bed.proxy.calls)).toBe(4);
    expect(depth(bed.proxy.calls)).toBe(2);
  });

  test('the test may act before and after the effect', async () => {
    const seen: string[] = [];
    const VpcId = world.vpcId;
    const look = (when: string) => async () => {
      const { SecurityGroups } = await bed.direct.ec2.describeSecurityGroups({
        Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
      });
      seen.push(`${when}: ${SecurityGroups?.length}`);
    };
    for (const moment of ['before', 'after'] as const) {
      bed.proxy.inject({
        when: { action: 'ec2:CreateSecurityGroup' },
        do: { kind: 'run', moment, run: look(moment) },
      });
    }
    await bed.through.ec2.createSecurityGroup({ GroupName: 'g', Description: 'g', VpcId });
    expect(seen).toEqual(['before: 1', 'after: 2']);
  });
});

test('idle waits for calls whose client has gone', async () => {
  const client = new AbortController();
  const leave = { kind: 'run', moment: 'before', run: () => client.abort() } as const;
  bed.proxy.inject({ when: { action: 'ec2:CreateTags' }, do: leave });
  const Tags = [{ Key: 'late', Value: 'yes' }];
  const options = { abortSignal: client.signal };
  await expect(bed.through.ec2.createTags({ Resources: [world.vpcId], Tags }, options)).rejects.toThrow();
  await bed.proxy.idle();
  const { Vpcs } = await bed.direct.ec2.describeVpcs({ VpcIds: [world.vpcId] });
  expect(Vpcs?.[0]?.Tags).toContainEqual({ Key: 'late', Value: 'yes' });
});

describe('a caller with few permissions', () => {
  const policy = (...Action: string[]) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const create = (Tags: { Key: string; Value: string }[]) => {
    const TagSpecifications =
      Tags.length > 0 ? [{ ResourceType: 'security-group' as const, Tags }] : undefined;
    return bed.through.ec2.createSecurityGroup({
      GroupName: 'g',
      Description: 'g',
      VpcId: world.vpcId,
      TagSpecifications,
    });
  };
  const update = () =>
    bed.through.lambda.updateFunctionConfiguration({
      FunctionName: world.functionName,
      VpcConfig: { SubnetIds: [...world.subnetIds], SecurityGroupIds: ['sg-0123456789abcdef0'] },
    });

  test('may do what the policies allow, and ask who it is', async () => {
    bed.proxy.inject(allowOnly(policy('ec2:Describe*'), policy('ec2:CreateSecurityGroup')));
    await bed.through.ec2.describeVpcs({});
    await bed.through.sts.getCallerIdentity({});
    await create([]);
    await expect(callsOfEachService.iam()).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('needs to be allowed tags at creation', async () => {
    bed.proxy.inject(allowOnly(policy('ec2:CreateSecurityGroup')));
    await expect(create([{ Key: 'k', Value: 'v' }])).rejects.toThrow('perform: ec2:CreateTags');
  });

  test('needs the reads that Lambda makes for it', async () => {
    bed.proxy.inject(allowOnly(policy('lambda:*', 'ec2:DescribeSecurityGroups', 'ec2:DescribeVpcs')));
    const error = {
      name: 'AccessDeniedException',
      message: expect.stringContaining('permission to DescribeSubnets for sg-'),
    };
    await expect(update()).rejects.toMatchObject(error);
  });
});

describe('the record', () => {
  test('holds service, action, input, kind, time, status and error', async () => {
    await bed.through.ec2.describeSubnets({ SubnetIds: [...world.subnetIds] });
    await bed.through.ec2.deleteSecurityGroup({ GroupId: 'sg-0123456789abcdef0' }).catch(() => undefined);
    const [read, write] = bed.proxy.calls;
    expect(read).toMatchObject({
      n: 1,
      service: 'ec2',
      action: 'ec2:DescribeSubnets',
      isWrite: false,
      status: 200,
      errorCode: '',
    });
    expect(read?.input).toEqual({ SubnetId: world.subnetIds });
    expect(write).toMatchObject({ n: 2, isWrite: true, status: 400, errorCode: 'InvalidGroup.NotFound' });
    expect(writes(bed.proxy.calls)).toEqual([write]);
    expect(read?.end).toBeLessThanOrEqual(write?.start ?? 0);
  });

  test('knows polls and retries', async () => {
    bed.proxy.inject({ when: { nth: 3 }, do: { kind: 'throttle' } });
    const clients = awsClients({ endpoint: bed.proxy.url, region, attempts: 2 });
    await clients.ec2.describeVpcs({});
    await clients.ec2.describeVpcs({});
    await clients.ec2.createTags({ Resources: [world.vpcId], Tags: [{ Key: 'k', Value: 'v' }] });
    await clients.ec2.describeVpcs({});
    clients.close();
    expect(bed.proxy.calls.map(({ repeatOf }) => repeatOf)).toEqual([undefined, 1, undefined, 3, undefined]);
    expect(count(bed.proxy.calls)).toBe(3);
  });

  test('can be begun anew', async () => {
    await bed.through.ec2.describeVpcs({});
    bed.proxy.forgetCalls();
    expect(bed.proxy.calls).toEqual([]);
  });
});
