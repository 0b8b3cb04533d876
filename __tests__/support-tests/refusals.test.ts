import { beforeEach, describe, expect, test } from '@jest/globals';
import { rows } from '../support/proxy/refusals/index.js';
import { withTestBed } from '../support/test-bed.js';
import { buildCaseStudy } from '../support/worlds/case-study.js';
import { type RefusalCase, type Stage, stageOf } from './refusal-cases/case.js';
import { endpointNetworkCases, nameAndRouteCases, serviceCases } from './refusal-cases/endpoints.js';
import { functionCases, functionNetworkCases, roleCases } from './refusal-cases/functions.js';
import { commonCases, groupCases } from './refusal-cases/groups.js';
import { sessionCases } from './refusal-cases/sessions.js';

const cases: readonly RefusalCase[] = [
  ...commonCases,
  ...serviceCases,
  ...endpointNetworkCases,
  ...nameAndRouteCases,
  ...groupCases,
  ...functionCases,
  ...functionNetworkCases,
  ...roleCases,
  ...sessionCases,
];

const bed = withTestBed();
let stage: Stage;

beforeEach(async () => {
  stage = await stageOf(bed, await buildCaseStudy(bed.direct, { proxy: bed.proxy }));
});

test('every refusal has a case, and every case a refusal', () => {
  const ids = rows.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(cases.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test('every refusal cites a page of the AWS documentation', () => {
  const pages = rows.map(({ docs }) => new URL(docs).host);
  expect(new Set(pages)).toEqual(new Set(['docs.aws.amazon.com']));
});

describe.each(cases)('$id', ({ id, code, message, limit, given, refused, accepted }) => {
  test('is refused as AWS refuses it, and its counterpart is accepted', async () => {
    const isRefused = () =>
      expect(refused(stage)).rejects.toMatchObject({
        name: code,
        ...(message && { message: expect.stringMatching(message) }),
      });
    await given?.(stage);
    if (limit) {
      await accepted(stage);
      await isRefused();
    } else {
      await isRefused();
      await accepted(stage);
    }
  });

  test('is not refused so when the row is switched off', async () => {
    await given?.(stage);
    bed.proxy.setOptions({ refusals: { except: [id] } });
    const outcome = await refused(stage).then(
      () => 'accepted',
      (error: Error) => error.message,
    );
    if (message) expect(outcome).not.toMatch(message);
    else expect(bed.proxy.calls.at(-1)?.errorCode).not.toBe(code.replace(/Exception$/, ''));
  });
});

describe('what moto refuses itself', () => {
  const create = (GroupName: string, tagCount: number) => {
    const Tags = Array.from({ length: tagCount }, (_, index) => ({ Key: `key-${index}`, Value: 'value' }));
    return bed.through.ec2.createSecurityGroup({
      GroupName,
      Description: GroupName,
      VpcId: stage.world.vpcId,
      TagSpecifications: [{ ResourceType: 'security-group', Tags }],
    });
  };

  test('a name that is taken', async () => {
    await create('app', 1);
    await expect(create('app', 1)).rejects.toMatchObject({ name: 'InvalidGroup.Duplicate' });
  });

  test('more than 50 tags', async () => {
    await expect(create('app', 51)).rejects.toMatchObject({ name: 'TagLimitExceeded' });
    const { GroupId } = await create('app', 50);
    const more = bed.through.ec2.createTags({
      Resources: [GroupId ?? ''],
      Tags: [{ Key: 'last', Value: 'straw' }],
    });
    await expect(more).rejects.toMatchObject({ name: 'TagLimitExceeded' });
  });
});
