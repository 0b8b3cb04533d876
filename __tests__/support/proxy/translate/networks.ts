import type { Context } from '../context.js';
import type { Handlers } from '../handler.js';
import { type Input, type InputValue, isRecord } from '../input.js';
import { element, itemsOf, setChild, textAt, type XmlElement } from '../xml.js';

/** VPCs and subnets: what others did to them that moto does not keep. */
export const networkHandlers: Handlers = {
  'ec2:DescribeSubnets': { xml: (root, _request, context) => shown(root, 'subnetSet', 'subnetId', context) },
  'ec2:DescribeVpcs': { xml: (root, _request, context) => shown(root, 'vpcSet', 'vpcId', context) },
};

function shown(root: XmlElement, list: string, id: string, { memory }: Context): void {
  for (const item of itemsOf(root, list)) {
    for (const [name, value] of Object.entries(memory.shown.get(textAt(item, id)) ?? {})) {
      setChild(item, name, contentOf(value));
    }
  }
}

const contentOf = (value: InputValue): string | XmlElement[] =>
  isRecord(value) ? elementsOf(value) : String(value);

function elementsOf(members: Input): XmlElement[] {
  return Object.entries(members).map(([name, value]) => element(name, contentOf(value)));
}
