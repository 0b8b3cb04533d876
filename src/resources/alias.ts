import type { Aws } from '../aws/call.js';
import type { Alias } from '../model/versions.js';
import { compareText } from '../text/order.js';

/** Reads the aliases of a function that send traffic to published versions. */
export async function readAliases(aws: Aws, functionName: string): Promise<Alias[]> {
  const pages = await aws.pages('lambda:ListAliases', { FunctionName: functionName });
  const aliases = pages.flatMap((page) => page.Aliases ?? []);
  return aliases
    .map((alias): Alias => {
      const weighted = Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
      const versions = [alias.FunctionVersion ?? '', ...weighted].filter((version) => /^\d+$/.test(version));
      return { name: alias.Name ?? '', versions: versions.sort((one, other) => Number(one) - Number(other)) };
    })
    .filter((alias) => alias.versions.length > 0)
    .sort((one, other) => compareText(one.name, other.name));
}
