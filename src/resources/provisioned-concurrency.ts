import type { Aws } from '../aws/call.js';
import type { ProvisionedConcurrency } from '../model/versions.js';
import { compareText } from '../text/order.js';

/** Reads the aliases and versions of a function that have provisioned concurrency. */
export async function readProvisionedConcurrency(
  aws: Aws,
  functionName: string,
): Promise<ProvisionedConcurrency[]> {
  const pages = await aws.pages('lambda:ListProvisionedConcurrencyConfigs', { FunctionName: functionName });
  return pages
    .flatMap((page) => page.ProvisionedConcurrencyConfigs ?? [])
    .map((found) => ({
      qualifier: (found.FunctionArn ?? '').split(':').at(-1) ?? '',
      requested: found.RequestedProvisionedConcurrentExecutions ?? 0,
    }))
    .sort((one, other) => compareText(one.qualifier, other.qualifier));
}
