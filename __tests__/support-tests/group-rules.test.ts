import { beforeEach, describe, expect, test } from '@jest/globals';
import { withTestBed } from '../support/test-bed.js';
import { buildCaseStudy } from '../support/worlds/case-study.js';
import { addSecurityGroup } from '../support/worlds/world.js';

const bed = withTestBed();
const s3 = 'com.amazonaws.us-east-2.s3';
let groupId: string;

beforeEach(async () => {
  const { vpcId } = await buildCaseStudy(bed.direct, { proxy: bed.proxy });
  groupId = await addSecurityGroup(bed.direct, { vpcId, name: 'app' });
});

describe('security-group rules', () => {
  const authorize = (IpPermissions: object[]) =>
    bed.through.ec2.authorizeSecurityGroupIngress({ GroupId: groupId, IpPermissions });
  const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };

  test('are all in the answer, with their descriptions and without host bits', async () => {
    const { SecurityGroupRules } = await authorize([
      { ...https, IpRanges: [{ CidrIp: '12.25.15.9/25', Description: 'the VPC' }, { CidrIp: '10.0.0.0/8' }] },
      { ...https, UserIdGroupPairs: [{ GroupId: groupId, Description: 'itself' }] },
    ]);
    const seen = SecurityGroupRules?.map(({ CidrIpv4, ReferencedGroupInfo, Description }) => [
      CidrIpv4 ?? ReferencedGroupInfo?.GroupId,
      Description ?? '',
    ]);
    expect(seen?.sort()).toEqual([
      ['10.0.0.0/8', ''],
      ['12.25.15.0/25', 'the VPC'],
      [groupId, 'itself'],
    ]);
  });

  test('about a prefix list keep their description', async () => {
    const { PrefixLists = [] } = await bed.through.ec2.describeManagedPrefixLists({});
    const PrefixListId = PrefixLists.find(({ PrefixListName }) => PrefixListName === s3)?.PrefixListId;
    await authorize([{ ...https, PrefixListIds: [{ PrefixListId, Description: 'files' }] }]);
    const { SecurityGroups } = await bed.through.ec2.describeSecurityGroups({ GroupIds: [groupId] });
    expect(SecurityGroups?.[0]?.IpPermissions?.[0]?.PrefixListIds).toEqual([
      { PrefixListId, Description: 'files' },
    ]);
    const { SecurityGroupRules } = await bed.through.ec2.describeSecurityGroupRules({
      Filters: [{ Name: 'group-id', Values: [groupId] }],
    });
    expect(SecurityGroupRules?.find((rule) => !rule.IsEgress)?.Description).toBe('files');
  });

  test('are added all or none', async () => {
    await authorize([{ ...https, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }]);
    const both = authorize([{ ...https, IpRanges: [{ CidrIp: '11.0.0.0/8' }, { CidrIp: '10.0.0.0/8' }] }]);
    await expect(both).rejects.toMatchObject({ name: 'InvalidPermission.Duplicate' });
    const { SecurityGroups } = await bed.direct.ec2.describeSecurityGroups({ GroupIds: [groupId] });
    expect(SecurityGroups?.[0]?.IpPermissions?.[0]?.IpRanges).toHaveLength(1);
  });

  test('are revoked whatever their description', async () => {
    await authorize([{ ...https, UserIdGroupPairs: [{ GroupId: groupId, Description: 'itself' }] }]);
    const IpPermissions = [{ ...https, UserIdGroupPairs: [{ GroupId: groupId }] }];
    await bed.through.ec2.revokeSecurityGroupIngress({ GroupId: groupId, IpPermissions });
    const { SecurityGroups } = await bed.direct.ec2.describeSecurityGroups({ GroupIds: [groupId] });
    expect(SecurityGroups?.[0]?.IpPermissions).toEqual([]);
  });
});
