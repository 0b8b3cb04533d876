import type { Tags } from '../model/observed.js';

/** Who else describes a resource, as its tags tell. */
export type Stack =
  | {
      readonly tool: 'CloudFormation';
      readonly name: string;
      /** Its name in the template; undefined where no tag tells. */
      readonly logicalId: string | undefined;
    }
  | { readonly tool: 'Terraform'; readonly name: string | undefined };

/** Tags that CloudFormation sets on what its stacks make (CloudFormation user guide, "Resource tag"). */
const STACK_NAME = 'aws:cloudformation:stack-name';
const LOGICAL_ID = 'aws:cloudformation:logical-id';

/** Keys under which people commonly say which tool made a thing. */
const TOOL_KEYS = /^(managed[-_ ]?by|created[-_ ]?by|provisioner|provisioned[-_ ]?by|iac|tool)$/i;

/** Keys that hold the place of a Terraform configuration. */
const PLACE_KEYS = /^(terraform|tf)[-_:](workspace|stack|module|repo|repository|project)$/i;

/** Keys that say yes to Terraform, for example `terraform` and `TerraformManaged`. */
const YES_KEYS = /^(managed[-_ ]?by[-_ ]?)?(terraform|opentofu|tf)([-_ ]?managed)?$/i;

const isTerraform = ([key, value]: [string, string]): boolean =>
  (YES_KEYS.test(key) && /^(true|yes|1)$/i.test(value)) ||
  (TOOL_KEYS.test(key) && /^(terraform|opentofu|terragrunt)$/i.test(value)) ||
  PLACE_KEYS.test(key);

/** The CloudFormation stack, or the Terraform configuration, that describes a resource with these tags. */
export function stackOf(tags: Tags): Stack | undefined {
  const stack = tags[STACK_NAME];
  if (stack !== undefined) return { tool: 'CloudFormation', name: stack, logicalId: tags[LOGICAL_ID] };
  const found = Object.entries(tags).filter(isTerraform);
  if (found.length === 0) return undefined;
  return { tool: 'Terraform', name: found.find(([key]) => PLACE_KEYS.test(key))?.[1] };
}
