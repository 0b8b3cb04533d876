import type { Context } from '../context.js';
import type { Handlers } from '../handler.js';
import { textOf } from '../input.js';
import type { AwsRequest } from '../request.js';
import { childOf, element, setChild, textAt, type XmlElement } from '../xml.js';

/** Roles: a new permission takes its time, and moto's last full page of policies claims that more follow. */
export const roleHandlers: Handlers = {
  'iam:AttachRolePolicy': { xml: permitted },
  'iam:PutRolePolicy': { xml: permitted },
  'iam:ListAttachedRolePolicies': { xml: (root) => completeList(root, 'ListAttachedRolePoliciesResult') },
};

function permitted(_root: XmlElement, { input }: AwsRequest, { memory, options }: Context): void {
  memory.propagation.set(textOf(input, 'RoleName'), options.rolePropagationRefusals);
}

function completeList(root: XmlElement, resultName: string): void {
  const result = childOf(root, resultName) ?? element(resultName);
  if (textAt(result, 'IsTruncated') === 'true') setChild(result, 'IsTruncated', 'false');
}
