import { describe, expect, it } from '@jest/globals';
import type { AclEntry, Observed } from '../../src/model/observed.js';
import type { RunRecord } from '../../src/model/run.js';
import { networkSection } from '../../src/report/network/network.js';
import type { Section } from '../../src/report/report.js';
import {
  endpoint,
  functionGroup,
  observedAfter,
  openAcl,
  routeTables,
  rule,
  subnets,
  vpc,
  vpcId,
} from '../fixtures/network.js';
import { plan } from '../fixtures/plan.js';
import { denied, runRecord } from '../fixtures/run-record.js';

const settled = (observed: Partial<Observed> = {}, parts: Partial<RunRecord> = {}): RunRecord =>
  runRecord({
    outcome: 'unchanged',
    plan: plan({ changes: [] }),
    observed: { ...observedAfter, ...observed },
    endpointIds: ['vpce-0109'],
    ...parts,
  });

function flat(section: Section | undefined): Section[] {
  return section ? [section, ...section.sections.flatMap(flat)] : [];
}

function part(record: RunRecord, heading: RegExp): Section | undefined {
  return flat(networkSection(record)).find((section) => heading.test(section.heading ?? ''));
}

/** Everything a section says, a line for each row, item or paragraph. */
function lines(section: Section | undefined): string[] {
  return (section?.blocks ?? []).flatMap((block) => {
    if (block.kind === 'paragraph') return [block.text];
    if (block.kind === 'list') return [...block.items];
    return block.kind === 'table'
      ? block.rows.map((row) => row.map((cell) => cell.join(' + ')).join(' | '))
      : [];
  });
}

const all = (record: RunRecord): string[] => flat(networkSection(record)).flatMap(lines);

describe('the VPC', () => {
  it('has its name, ranges and DNS', () => {
    const record = settled(
      { dns: { support: true, hostnames: false } },
      { vpc: { ...vpc, ipv6Cidrs: ['2001:db8::/56'], ownerId: '210987654321' } },
    );
    expect(part(record, /^VPC vpc-0a1b2c3d \(app-7\)$/)).toBeDefined();
    expect(lines(part(record, /^VPC vpc/))).toEqual([
      'Address ranges: 12.25.15.0/25; IPv6 2001:db8::/56',
      'DNS support on, DNS hostnames off, DNS servers: of AWS',
      'Owned by account 210987654321',
    ]);
  });

  it('has its own DNS servers, read or not', () => {
    const read = settled({ dnsServers: { ok: true, value: ['10.0.0.2', '10.0.0.3'] } });
    expect(all(read)).toContain('DNS support on, DNS hostnames on, DNS servers: 10.0.0.2, 10.0.0.3');
    const unread = settled({ dnsServers: { ok: false, problem: denied('ec2:DescribeDhcpOptions', '*') } });
    expect(all(unread)).toContain('DNS support on, DNS hostnames on, DNS servers: could not be read');
  });

  it('is said to be another one than the function is in', () => {
    const elsewhere = subnets.map((subnet) => ({ ...subnet, vpcId: 'vpc-0old' }));
    expect(all(settled({ subnets: elsewhere }))[0]).toBe(
      'Function app-7 is in vpc-0old; what follows is vpc-0a1b2c3d (app-7), which this run is about.',
    );
    expect(lines(part(settled({ subnets: elsewhere }), /^Subnets$/))[0]).toMatch(
      /not read \| not read \| not read$/,
    );
  });
});

describe('a subnet', () => {
  const withRoutes = (...routes: readonly (readonly [string, string])[]): string => {
    const tables = routeTables.map((table) => ({
      ...table,
      routes: routes.map(([destination, target]) => ({
        destination,
        target,
        state: 'active',
        propagated: false,
      })),
    }));
    return lines(part(settled({ routeTables: tables }), /^Subnets$/))[0] ?? '';
  };

  it('has name, zone, range, free addresses, routes and network ACL', () => {
    expect(lines(part(settled(), /^Subnets$/))[0]).toBe(
      'subnet-0aaa (app-7-private-1) | us-east-2a | 12.25.15.0/27 | 27 | rtb-0001 (app-7-private) | none | acl-0001',
    );
  });

  it.each([
    ['igw-1', 'internet gateway igw-1'],
    ['nat-1', 'NAT gateway nat-1'],
    ['tgw-1', 'transit gateway tgw-1'],
    ['eni-1', 'network interface eni-1'],
    ['arn:aws:networkmanager::1:core-network/c', 'arn:aws:networkmanager::1:core-network/c'],
  ])('has a default route to %s', (target, text) => {
    expect(withRoutes(['0.0.0.0/0', target])).toContain(`| ${text} |`);
  });

  it('has a default route for each family', () => {
    expect(withRoutes(['0.0.0.0/0', 'nat-1'], ['::/0', 'eigw-1'])).toContain(
      '| NAT gateway nat-1 + IPv6: egress-only internet gateway eigw-1 |',
    );
  });

  it('falls back to the main route table, or to none', () => {
    const main = routeTables.map((table) => ({ ...table, main: true, subnetIds: [] }));
    expect(lines(part(settled({ routeTables: main }), /^Subnets$/))[0]).toContain(
      '| rtb-0001 (app-7-private), main |',
    );
    expect(lines(part(settled({ routeTables: [] }), /^Subnets$/))[0]).toContain('| not read | not read |');
  });

  it('is shown before the function is in it', () => {
    const section = part(runRecord(), /^Subnets that the plan adds$/);
    expect(lines(section)).toHaveLength(3);
    expect(part(runRecord(), /^Subnets$/)).toBeUndefined();
    expect(part(settled(), /adds/)).toBeUndefined();
  });
});

describe('security groups', () => {
  it('are those of the function and of its endpoints, with rules and names', () => {
    expect(lines(part(settled(), /^Security groups$/))).toEqual([
      'sg-0e00 (vpc-lambda-action-endpoints), made by this action | vpce-0109 | tcp 443 from 12.25.15.0/25 – vpc-lambda-action: endpoints | none',
      'sg-0f00 (app-7-lambda), made by this action | the function | none | tcp 443 to sg-0e00 (vpc-lambda-action-endpoints) – vpc-lambda-action: endpoints',
    ]);
  });

  it('have prefix lists with their names, and may be unread', () => {
    const group = { ...functionGroup, tags: {}, egress: [rule('prefix-list', 'pl-0001')] };
    const prefixLists = [{ id: 'pl-0001', name: 'com.amazonaws.us-east-2.s3' }];
    const record = settled({ groups: [group], prefixLists, endpoints: [] });
    expect(lines(part(record, /^Security groups$/))).toEqual([
      'sg-0f00 (app-7-lambda) | the function | none | tcp 443 to pl-0001 (com.amazonaws.us-east-2.s3)',
    ]);
    expect(lines(part(settled({ groups: [] }), /^Security groups$/))).toEqual([
      'sg-0f00 | the function | not read | not read',
    ]);
  });
});

describe('network ACLs', () => {
  const withEntry = (entry: Partial<AclEntry>): RunRecord => {
    const [first, ...rest] = openAcl.entries;
    const entries = first ? [{ ...first, ...entry }, ...rest] : [];
    return settled({ networkAcls: { ok: true, value: [{ ...openAcl, entries }] } });
  };

  it('take one line where they let everything through', () => {
    expect(lines(part(settled(), /^Network ACLs$/))).toEqual([
      'acl-0001 (the default one) of subnet-0aaa, subnet-0bbb, subnet-0ccc allows everything in and out.',
    ]);
    expect(part(settled(), /^Entries/)).toBeUndefined();
  });

  it.each([{ allow: false }, { protocol: 'tcp' }, { cidr: '10.0.0.0/8' }, { egress: true }])(
    'are spelt out with %j',
    (entry) => {
      const section = part(withEntry(entry), /^Entries of network ACL acl-0001/);
      expect(section?.collapsed).toBe(true);
      expect(lines(section)).toHaveLength(4);
      expect(lines(section)[1]).toBe('inbound | last | all | all | 0.0.0.0/0 | deny');
    },
  );

  it('are said to be unread', () => {
    const record = settled({ networkAcls: { ok: false, problem: denied('ec2:DescribeNetworkAcls', '*') } });
    expect(lines(part(record, /^Network ACLs$/))).toEqual(['They could not be read.']);
  });
});

describe('endpoints', () => {
  const gateway = endpoint('vpce-0777', 's3', {
    type: 'Gateway',
    subnetIds: [],
    groupIds: [],
    routeTableIds: ['rtb-0001'],
    privateDns: false,
    tags: {},
  });

  it('are those of the listed services, then the others', () => {
    const failed = endpoint('vpce-0553', 'ssm', {
      state: 'failed',
      lastError: 'No addresses.',
      privateDns: false,
      tags: {},
    });
    const elsewhere = endpoint('vpce-0999', 'ssm', { vpcId: 'vpc-0old' });
    const record = settled({
      endpoints: [endpoint('vpce-0109', 'logs', { tags: {} }), failed, gateway, elsewhere],
    });
    expect(lines(part(record, /^VPC endpoints$/))).toEqual([
      'vpce-0109 | com.amazonaws.us-east-2.logs | Interface + private DNS on | available | subnet-0aaa + subnet-0bbb + subnet-0ccc | sg-0e00 (vpc-lambda-action-endpoints) | others, adopted',
    ]);
    expect(part(record, /^Other endpoints of vpc-0a1b2c3d: 2$/)?.collapsed).toBe(true);
    expect(lines(part(record, /^Other/))).toEqual([
      'vpce-0553 | com.amazonaws.us-east-2.ssm | Interface + private DNS off | failed + No addresses. | subnet-0aaa + subnet-0bbb + subnet-0ccc | sg-0e00 (vpc-lambda-action-endpoints) | others',
      'vpce-0777 | com.amazonaws.us-east-2.s3 | Gateway | available | rtb-0001 | none | others',
    ]);
  });

  it('may be none', () => {
    expect(all(settled({ endpoints: [] }))).toContain(`${vpcId} has no VPC endpoints.`);
  });
});

describe('the function', () => {
  const items = (observed: Partial<Observed>): string[] => lines(part(settled(observed), /^Function app-7$/));

  it('has ARN, state, role with policies, aliases and IPv6', () => {
    expect(items({})).toEqual([
      'ARN: `arn:aws:lambda:us-east-2:123456789012:function:app-7`',
      'State: Active, last update Successful',
      'Execution role: app-7-lambda-role, attached policies: AWSLambdaVPCAccessExecutionRole (allows Lambda the network interfaces)',
      'Aliases: not looked up in this run',
      'Outbound IPv6 through dual-stack subnets: off',
    ]);
  });

  it('shows what could not be read, and what is not there', () => {
    const problem = denied('iam:ListAttachedRolePolicies', '*');
    expect(items({ policies: { ok: false, problem }, aliases: { ok: false, problem } })).toEqual(
      expect.arrayContaining([
        'Execution role: app-7-lambda-role, policies could not be read',
        'Aliases: could not be read',
      ]),
    );
    expect(items({ policies: undefined })).toContain(
      'Execution role: app-7-lambda-role, policies not looked up',
    );
    expect(items({ policies: { ok: true, value: [] } })).toContain(
      'Execution role: app-7-lambda-role, no attached policies',
    );
    const aliases = { ok: true as const, value: [{ name: 'live', versions: ['3'] }] };
    expect(items({ aliases })).toContain(
      'Aliases: live → version 3 (a version keeps the network it was published with)',
    );
  });

  it('is in no VPC', () => {
    expect(all(runRecord())[0]).toBe('Function app-7 is in no VPC.');
  });
});

it('is said to be of today where nothing is written', () => {
  const heading = (parts: Partial<RunRecord>): string | undefined =>
    networkSection(runRecord(parts))?.heading;
  expect(heading({})).toBe('Network of function app-7, as it is today');
  expect(heading({ outcome: 'blocked', dryRun: false })).toBe('Network of function app-7, as it is today');
  expect(heading({ outcome: 'changed', dryRun: false })).toBe('Network of function app-7');
  expect(networkSection(runRecord({ observed: undefined }))).toBeUndefined();
});
