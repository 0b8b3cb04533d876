import { describe, expect, it } from '@jest/globals';
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
