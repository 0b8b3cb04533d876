import { tally } from '../__tests__/support/proxy/calls.js';
import { buildManyFunctions } from '../__tests__/support/worlds/many-functions.js';
import { onPullRequest, onPush, openStageWith, region } from '../demo/stage.js';
import type { Findings } from './findings.js';
import { HEAD, LATENCY, measure, type Row } from './round-trips.js';
import { table } from './table.js';

const FUNCTIONS = 50;
const ROLES = 5;

// What stays when nothing changes: 16 calls, one for each role, and one page of the list of functions.
const unchanged = { calls: 16 + ROLES + Math.ceil(FUNCTIONS / 50), depth: 3, writes: 0 };

// A dry run also reads of each role itself, its simulation, the names of its policies and their documents.
const advised = { ...unchanged, calls: unchanged.calls + 4 * ROLES, depth: 4 };

const rows: readonly Row[] = [
  { name: 'dry run', outcome: 'planned', event: onPullRequest, bounds: { writes: 0 } },
  { name: 'connect all, with verification', outcome: 'changed', event: onPush, bounds: {} },
  { name: 'second run', outcome: 'unchanged', event: onPush, bounds: unchanged },
  { name: 'dry run of the second run', outcome: 'unchanged', event: onPullRequest, bounds: advised },
];

/** Connects fifty functions of one VPC and counts, every action by its name. */
export async function measureManyFunctions(): Promise<Findings> {
  const stage = await openStageWith({ latency: LATENCY }, (clients) =>
    buildManyFunctions(clients, { functions: FUNCTIONS, roles: ROLES }),
  );
  try {
    const actions: string[] = [];
    const inputs = {
      'function-name': stage.world.names.join(','),
      'resource-name': 'many',
      'aws-region': region,
      subnets: 'tag:Tier=private',
      endpoints: 'logs',
    };
    const { lines, broken } = await measure(rows, async ({ name, event }, env) => {
      const run = await stage.run({ inputs, event, env, timeout: 600_000 });
      const counts = Object.entries(tally(stage.proxy.calls)).sort();
      actions.push(`${name}: ${counts.map(([action, count]) => `${action} ${count}`).join(', ')}`);
      return run;
    });
    const title = `${FUNCTIONS} functions, ${ROLES} roles`;
    return { text: `${table([title, ...HEAD], lines)}\n\n${actions.join('\n')}`, broken };
  } finally {
    await stage.close();
  }
}
