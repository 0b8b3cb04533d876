import { describe, expect, it } from '@jest/globals';
import { listing, listingText, unlisting } from '../../src/reach/listing.js';
import { id } from '../builders/ids.js';
import { target } from '../builders/plans.js';
import { inline, roleFacts } from '../builders/roles.js';
import { rule } from '../builders/rules.js';
import { type World, world } from '../builders/world.js';

const SHARED = { 'managed-by': 'vpc-lambda-action', 'vpc-lambda-action:scope': 'vpc' };
const [V1, G1] = [id('vpce', 1), id('sg', 1)];

const closed = (): World => world().vpc().privateSubnets(1);
const guarded = (...ingress: readonly string[]): World =>
  closed().group('guard', { ingress: ingress.map((text) => rule(text)) });
const open = (): World => guarded('tcp 443 10.0.0.0/8').endpoint('ssm', { groupIds: [G1] });
const refusing = (): World => guarded().endpoint('ssm', { groupIds: [G1] });

const said = (made: World, wish: Record<string, string> = {}): string =>
  listingText(listing('ssm', target(made, { subnets: 'private', ...wish })));

describe('how a service is listed', () => {
  const rows: readonly (readonly [name: string, text: string, made: World, wish: Record<string, string>])[] =
    [
      ['nothing stands', 'Add `ssm` to `endpoints`.', closed(), {}],
      ['one of others serves', `Add \`ssm\` to \`endpoints\`: ${V1} serves it already.`, open(), {}],
      [
        'one of others serves, and the inputs do not suffer it',
        `Add \`ssm\` to \`endpoints\` and set \`existing-endpoints: reuse\`: ${V1} serves it already.`,
        open(),
        { 'existing-endpoints': 'fail' },
      ],
      [
        'one of others refuses, and the inputs do not suffer it',
        `Add \`ssm\` to \`endpoints\` and set \`existing-endpoints: extend\`: ${V1} of somebody else then gets a security group that admits the function.`,
        refusing(),
        { 'existing-endpoints': 'fail' },
      ],
      [
        'one of others refuses, and is extended',
        `Add \`ssm\` to \`endpoints\`: ${V1} of somebody else then gets a security group that admits the function.`,
        refusing(),
        { 'existing-endpoints': 'extend' },
      ],
      [
        'one of others has no name',
        'Add `ssm` to `endpoints`.',
        closed().endpoint('ssm', { privateDns: false }),
        {},
      ],
      [
        'an AWS service made the one that has the name',
        'Set `private-dns: false`, call the endpoint by its own name in the code, and add `ssm` to `endpoints`.',
        closed().endpoint('ssm', { requesterManaged: true }),
        {},
      ],
      [
        'ours is being deleted with a consent',
        `Write \`ssm\` in place of \`none\` in \`endpoints\` and remove \`delete-endpoints:ssm\` from \`allow\`: ${V1} of this action is there already.`,
        closed().endpoint('ssm', { tags: SHARED }),
        { endpoints: 'none', allow: 'delete-endpoints:ssm' },
      ],
    ];

  it.each(rows)('%s', (_name, text, made, wish) => {
    expect(said(made, wish)).toBe(text);
  });

  it('opens one that refuses', () => {
    expect(said(refusing())).toMatch(
      /^Set `existing-endpoints: extend` \(it adds a group to vpce-0+1\) or run `aws ec2 authorize-.*`, and add `ssm` to `endpoints`\.$/,
    );
  });

  it('leads the name to one that has it for inbound resolvers alone, and opens its groups as well', () => {
    const text = said(guarded().endpoint('ssm', { groupIds: [G1], privateDns: false, inboundDnsOnly: true }));
    expect(text).toMatch(/^Run `aws ec2 modify-vpc-endpoint /);
    expect(text).toContain('authorize-security-group-ingress');
  });
});

describe('how a service is no longer listed', () => {
  const needing = closed().with({
    role: roleFacts({ documents: inline({ Effect: 'Allow', Action: 'ssm:GetParameter', Resource: '*' }) }),
  });
  const of = (endpoints: string): string => {
    const made = target(needing, { subnets: 'private', endpoints });
    const [service] = made.services;
    if (service === undefined) throw new Error('nothing is listed');
    return unlisting(service, made);
  };

  it('by its line', () => {
    expect(of('ssm')).toBe('remove `ssm` from `endpoints`');
  });

  it('where `auto` stands for it', () => {
    expect(of('auto')).toBe('write a list without ssm in place of `auto` in `endpoints`');
  });
});
