import { beforeEach, describe, expect, test } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { buildCaseStudy, type CaseStudy } from '../support/worlds/case-study.js';
import { addFunction, addSecurityGroup } from '../support/worlds/world.js';

const bed = withTestBed();
let world: CaseStudy;

beforeEach(async () => {
  world = await buildCaseStudy(bed.direct);
  bed.proxy.setOptions({ pageSize: 2 });
});

interface Page {
  readonly items: readonly unknown[] | undefined;
  readonly next: string | undefined;
}

/** The sizes of all pages of a list. */
async function pages(ask: (token: string | undefined) => Promise<Page>): Promise<number[]> {
  const sizes: number[] = [];
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await ask(token);
    sizes.push(page.items?.length ?? 0);
    token = page.next;
  }
  return sizes;
}

describe('EC2', () => {
  const subnets = async (NextToken: string | undefined, vpcId = world.vpcId) => {
    const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
    const answer = await bed.through.ec2.describeSubnets({ Filters, NextToken });
    return { items: answer.Subnets, next: answer.NextToken };
  };

  test('lists come in small pages', async () => {
    expect(await pages(subnets)).toEqual([2, 1]);
  });

  test('a list that ends with a full page has no further one', async () => {
    await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'second' });
    const groups = async (NextToken: string | undefined) => {
      const Filters = [{ Name: 'vpc-id', Values: [world.vpcId] }];
      const answer = await bed.through.ec2.describeSecurityGroups({ Filters, NextToken });
      return { items: answer.SecurityGroups, next: answer.NextToken };
    };
    expect(await pages(groups)).toEqual([2]);
  });

  test('a token of another list is refused', async () => {
    const { next } = await subnets(undefined);
    await expect(subnets(next, 'vpc-0123456789abcdef0')).rejects.toMatchObject({ name: 'InvalidNextToken' });
  });

  test('both lists of the endpoint services are cut at the same place', async () => {
    const Filters = [{ Name: 'service-name', Values: ['*.logs', '*.ssm', '*.sts'] }];
    const { ServiceNames, ServiceDetails } = await bed.through.ec2.describeVpcEndpointServices({ Filters });
    expect(ServiceDetails?.map(({ ServiceName }) => ServiceName)).toEqual(ServiceNames);
    expect(ServiceNames).toHaveLength(2);
  });

  test('MaxResults makes pages where no size is set', async () => {
    bed.proxy.setOptions({ pageSize: undefined });
    const Filters = [{ Name: 'vpc-id', Values: [world.vpcId] }];
    expect((await bed.through.ec2.describeSubnets({ Filters, MaxResults: 1 })).Subnets).toHaveLength(1);
    expect((await bed.through.ec2.describeSubnets({ Filters })).Subnets).toHaveLength(3);
  });
});

test('Lambda lists functions and aliases in pages', async () => {
  for (const name of ['app-8', 'app-9']) await addFunction(bed.direct, { name, roleArn: world.roleArn });
  const functions = async (Marker: string | undefined) => {
    const answer = await bed.through.lambda.listFunctions({ Marker });
    return { items: answer.Functions, next: answer.NextMarker };
  };
  expect(await pages(functions)).toEqual([2, 1]);
  const { Version } = await bed.direct.lambda.publishVersion({ FunctionName: 'app-7' });
  for (const Name of ['a', 'b', 'c']) {
    await bed.direct.lambda.createAlias({ FunctionName: 'app-7', Name, FunctionVersion: Version });
  }
  const aliases = async (Marker: string | undefined) => {
    const answer = await bed.through.lambda.listAliases({ FunctionName: 'app-7', Marker });
    return { items: answer.Aliases, next: answer.NextMarker };
  };
  expect(await pages(aliases)).toEqual([2, 1]);
});

test('IAM lists the policies of a role in pages', async () => {
  const { Policies } = await bed.direct.iam.listPolicies({ Scope: 'AWS', MaxItems: 4 });
  for (const { Arn } of Policies ?? [])
    await bed.direct.iam.attachRolePolicy({ RoleName: world.roleName, PolicyArn: Arn });
  const truncated: (boolean | undefined)[] = [];
  const attached = async (Marker: string | undefined) => {
    const answer = await bed.through.iam.listAttachedRolePolicies({ RoleName: world.roleName, Marker });
    truncated.push(answer.IsTruncated);
    return { items: answer.AttachedPolicies, next: answer.Marker };
  };
  expect(await pages(attached)).toEqual([2, 2]);
  expect(truncated).toEqual([true, false]);
});
