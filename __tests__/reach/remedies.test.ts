import { describe, expect, it } from '@jest/globals';
import { judged, remedyOf, shown } from './judged.js';
import { rows } from './remedy-rows.js';

describe('what is asked of a function of others', () => {
  it.each(rows)('%s', (_name, source, wish, asked, verdict, remedy) => {
    const { after } = judged(source, { ...wish, reaches: asked }, asked);
    expect([shown(after), remedyOf(after)]).toEqual([verdict, remedy]);
  });

  it('tells every remedy by a verb', () => {
    for (const [, , , , , remedy] of rows)
      expect(remedy ?? 'Run it.').toMatch(/^(Add|Run|Choose|Check|Correct|Allow|Look|Use) .*\.$/);
  });
});
