import { describe, expect, it } from '@jest/globals';
import { id } from '../builders/ids.js';
import { rule } from '../builders/rules.js';
import { world } from '../builders/world.js';
import { accountRows } from './account-rows.js';
import { componentRows } from './component-remedy-rows.js';
import { judged, remedyOf, shown } from './judged.js';
import { layeredRows } from './layered-remedy-rows.js';
import { rows } from './remedy-rows.js';

const all = [...rows, ...accountRows, ...componentRows, ...layeredRows];

describe('what is asked of a function of others', () => {
  it.each(all)('%s', (_name, source, wish, asked, verdict, remedy) => {
    const { after } = judged(source, { ...wish, reaches: asked }, asked);
    expect([shown(after), remedyOf(after)]).toEqual([verdict, remedy]);
  });

  it('opens a network ACL for each interface of a destination, by commands that can all be run', () => {
    const entry = { number: 50, egress: true, allow: false, protocol: 'tcp' as const };
    const closed = { ...entry, ports: { from: 443, to: 443 }, cidr: '0.0.0.0/0' };
    const source = world()
      .vpc()
      .privateSubnets(3)
      .group('app', { egress: [rule('all 0.0.0.0/0')] })
      .group('guard', { ingress: [rule('tcp 443 10.0.0.0/8')] })
      .endpoint('ssm', { groupIds: [id('sg', 2)] })
      .placed([id('sg', 1)], [id('subnet', 1)]);
    const { networkAcls } = source.observed();
    const value = networkAcls.ok
      ? networkAcls.value.map((acl) => ({ ...acl, entries: [closed, ...acl.entries] }))
      : [];
    const made = source.with({ networkAcls: { ok: true, value } });
    const { after } = judged(made, { 'security-groups': id('sg', 1), reaches: 'ssm' }, 'ssm');
    const [line] = after.lines;
    const commands = [line?.remedy ?? '', ...(line?.moreRemedies ?? [])];
    const numbers = commands.map((command) => /--rule-number (\d+)/.exec(command)?.[1]);
    expect(commands.length).toBeGreaterThan(1);
    expect(new Set(numbers).size).toBe(commands.length);
  });

  it('names no endpoint that does not stand yet in a command', () => {
    const wish = { subnets: 'private', endpoints: 'logs', 'private-dns': 'false', reaches: 'logs' };
    const { after } = judged(world().vpc().privateSubnets(1), wish, 'logs');
    expect(remedyOf(after)).toBe('Set `private-dns: true`.');
  });

  it('tells every remedy by a verb', () => {
    for (const [, , , , , remedy] of all)
      expect(remedy ?? 'Run it.').toMatch(/^(Add|Run|Choose|Check|Correct|Allow|Ask|Look|Use) .*\.$/);
  });
});
