import type { Tags } from '../model/observed.js';

/** Who else describes a resource, as its tags tell. */
export type Stack =
  | { readonly tool: 'CloudFormation'; readonly name: string }
  | { readonly tool: 'Terraform'; readonly name: string | undefined };

/** Tags that CloudFormation sets on what its stacks make (CloudFormation user guide, "Resource tag"). */
const STACK_NAME = 'aws:cloudformation:stack-name';

/** Keys under which people commonly say which tool made a thing. */
const TOOL_KEYS = /^(managed[-_ ]?by|created[-_ ]?by|provisioner|provisioned[-_ ]?by|iac|tool)$/i;

/** Keys that hold the place of a Terraform configuration. */
const PLACE_KEYS = /^(terraform|tf)[-_:](workspace|stack|module|repo|repository|project)$/i;

const isTerraform = ([key, value]: [string, string]): boolean =>
  (/^terraform$/i.test(key) && /^(true|yes|1)$/i.test(value)) ||
  (TOOL_KEYS.test(key) && /^(terraform|opentofu|terragrunt)$/i.test(value)) ||
  PLACE_KEYS.test(key);

/** The CloudFormation stack, or the Terraform configuration, that describes a resource with these tags. */
export function stackOf(tags: Tags): Stack | undefined {
  const stack = tags[STACK_NAME];
  if (stack !== undefined) return { tool: 'CloudFormation', name: stack };
  const found = Object.entries(tags).filter(isTerraform);
  if (found.length === 0) return undefined;
  return { tool: 'Terraform', name: found.find(([key]) => PLACE_KEYS.test(key))?.[1] };
}
