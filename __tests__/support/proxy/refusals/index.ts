import type { AwsError } from '../answers.js';
import type { Context } from '../context.js';
import { textOf } from '../input.js';
import type { ProxyOptions } from '../options.js';
import type { AwsRequest } from '../request.js';
import { momentOf } from '../state.js';
import { endpointDnsRows } from './endpoint-dns.js';
import { endpointNetworkRows } from './endpoint-network.js';
import { endpointRouteRows } from './endpoint-routes.js';
import { endpointServiceRows } from './endpoint-services.js';
import { functionNetworkRows } from './function-network.js';
import { functionRows } from './functions.js';
import { identifierRows } from './identifiers.js';
import { roleRows } from './roles.js';
import type { Row } from './row.js';
import { securityGroupRuleRows } from './security-group-rules.js';
import { securityGroupRows } from './security-groups.js';
import { sessionRows } from './sessions.js';
import { tagRows } from './tags.js';

/** A DryRun tells the permission only, so it is answered before anything is looked at. */
const dryRun: Row = {
  id: 'dry-run',
  actions: ['ec2:*'],
  row: 100,
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html',
  wording: 'seen',
  refuse: ({ input }) => {
    if (textOf(input, 'DryRun') !== 'true') return undefined;
    const message = 'Request would have succeeded, but DryRun flag is set.';
    return { code: 'DryRunOperation', message, status: 412 };
  },
};

/** Everything that AWS refuses and moto does not. The first row that objects decides. */
export const rows: readonly Row[] = [
  ...sessionRows,
  ...identifierRows,
  dryRun,
  ...tagRows,
  ...endpointServiceRows,
  ...endpointNetworkRows,
  ...endpointDnsRows,
  ...endpointRouteRows,
  ...securityGroupRows,
  ...securityGroupRuleRows,
  ...functionRows,
  ...functionNetworkRows,
  ...roleRows,
];

/** The error that AWS would give, or undefined where it would do as asked. */
export async function refuse(request: AwsRequest, context: Context): Promise<AwsError | undefined> {
  const moment = { ...context, state: momentOf(context.state) };
  for (const row of rows) {
    if (!judges(row, request.action) || !inForce(row, context.options)) continue;
    const error = await row.refuse(request, moment);
    if (error) return error;
  }
  return undefined;
}

function judges({ actions }: Row, action: string): boolean {
  return actions.includes(action) || actions.includes(`${action.split(':')[0]}:*`);
}

function inForce({ id }: Row, { refusals }: ProxyOptions): boolean {
  if (refusals === 'all' || refusals === 'none') return refusals === 'all';
  return !refusals.except.includes(id);
}
