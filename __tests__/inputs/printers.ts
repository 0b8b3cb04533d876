import fc from 'fast-check';
import { quoteWord } from '../../src/inputs/words.js';
import type {
  Condition,
  Consent,
  EgressLine,
  FailOn,
  GroupSelector,
  Selector,
} from '../../src/model/desired.js';

/** One list input: values it can hold, and how each is written as an entry. */
export interface ListInput<T> {
  readonly value: fc.Arbitrary<T>;
  readonly print: (value: T) => string;
}

const hex = fc.stringMatching(/^[0-9a-f]{8}([0-9a-f]{9})?$/);
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
/** Keys: neither reserved nor with an equals sign. */
const key = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((word) => !/=|^(aws:|vpc-lambda-action:|managed-by$)/i.test(word));

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('tag' as const), key, value: fc.oneof(text, fc.constant('')) }),
  fc.record({ kind: fc.constant('name' as const), glob: text }),
);

const printCondition = (one: Condition): string =>
  quoteWord(one.kind === 'tag' ? `tag:${one.key}=${one.value}` : `name:${one.glob}`);

/** Subnets as the parser gives them, but for the text as written. */
const selector: ListInput<Selector> = {
  value: fc.oneof(
    hex.map((digits) => ({ kind: 'id' as const, id: `subnet-${digits}` })),
    fc.constant({ kind: 'private' as const }),
    fc.array(condition, { minLength: 1, maxLength: 3 }).map((conditions) => ({
      kind: 'match' as const,
      conditions,
      text: conditions.map(printCondition).join(' '),
    })),
  ),
  print: (one) => {
    if (one.kind === 'id') return one.id;
    return one.kind === 'private' ? 'private' : one.text;
  },
};

const groupName = fc
  .stringMatching(/^[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,40}$/)
  .filter((name) => !/^(sg-|subnet-)|^managed$/.test(name));

const group: ListInput<GroupSelector> = {
  value: fc.oneof(
    fc.constant({ kind: 'managed' as const }),
    hex.map((digits) => ({ kind: 'id' as const, id: `sg-${digits}` })),
    groupName.map((name) => ({ kind: 'name' as const, name })),
  ),
  print: (one) => {
    if (one.kind === 'id') return one.id;
    return one.kind === 'name' ? quoteWord(one.name) : 'managed';
  },
};

const port = fc.integer({ min: 0, max: 65_535 });
const ports = fc
  .tuple(port, port)
  .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }))
  .filter(({ from, to }) => from > 0 || to < 65_535);
const byte = fc.integer({ min: 0, max: 255 });
const group16 = fc.integer({ min: 1, max: 0xffff }).map((number) => number.toString(16));

const peer: fc.Arbitrary<EgressLine['peer']> = fc.oneof(
  hex.map((digits) => ({ kind: 'group' as const, value: `sg-${digits}` })),
  hex.map((digits) => ({ kind: 'group' as const, value: `210987654321/sg-${digits}` })),
  hex.map((digits) => ({ kind: 'prefix-list' as const, value: `pl-${digits}` })),
  fc.tuple(byte, byte).map(([one, other]) => ({ kind: 'cidr' as const, value: `10.${one}.${other}.0/24` })),
  byte.map((one) => ({ kind: 'cidr' as const, value: `10.0.0.${one}/32` })),
  group16.map((one) => ({ kind: 'cidr' as const, value: `2001:db8:${one}::/48` })),
  fc.constantFrom('s3', 'dynamodb').map((value) => ({ kind: 'service' as const, value })),
);

const printEgress = (line: Omit<EgressLine, 'text'>): string => {
  const range = line.ports === undefined ? '0-65535' : `${line.ports.from}-${line.ports.to}`;
  return line.protocol === 'all' ? `all ${line.peer.value}` : `${line.protocol} ${range} ${line.peer.value}`;
};

const egress: ListInput<EgressLine> = {
  value: fc
    .oneof(
      fc.record({ protocol: fc.constant('all' as const), ports: fc.constant(undefined), peer }),
      fc.record({
        protocol: fc.constantFrom('tcp' as const, 'udp' as const),
        ports: fc.option(ports, { nil: undefined }),
        peer,
      }),
    )
    .map((line) => ({ ...line, text: printEgress(line) })),
  print: printEgress,
};

const service = fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}[a-z0-9]$/).filter((word) => word !== 'none');

const endpoint: ListInput<{ service: string; type: 'Interface' | 'Gateway' | undefined }> = {
  value: fc.record({
    service,
    type: fc.constantFrom('Interface' as const, 'Gateway' as const, undefined),
  }),
  print: (one) => `${one.service}${one.type ? `:${one.type.toLowerCase()}` : ''}`,
};

const consent: ListInput<Consent> = {
  value: fc.oneof(
    fc.constant({ kind: 'public-subnets' as const, object: undefined }),
    fc.record({
      kind: fc.constantFrom(
        'private-dns-redirect' as const,
        'connection-drop' as const,
        'internet-loss' as const,
        'replace-network' as const,
        'shared-role' as const,
        'delete-endpoints' as const,
      ),
      object: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.:-]{0,20}$/),
    }),
    fc.record({
      kind: fc.constantFrom('rule-removal' as const, 'peer-ingress' as const),
      object: groupName.filter((name) => name.trim() === name),
    }),
  ),
  print: ({ kind, object }) => quoteWord(object === undefined ? kind : `${kind}:${object}`),
};

const tag: ListInput<readonly [string, string]> = {
  value: fc.tuple(key, fc.string({ unit: 'grapheme', maxLength: 30 })),
  print: ([name, value]) => quoteWord(`${name}=${value}`),
};

const account: ListInput<string> = { value: fc.stringMatching(/^\d{12}$/), print: (id) => id };

const reason: ListInput<FailOn> = {
  value: fc.constantFrom<FailOn>('error', 'warning', 'unknown', 'drift', 'changes', 'skipped'),
  print: (word) => word,
};

const functionArn = (name: string): string => `arn:aws:lambda:us-east-2:123456789012:function:${name}`;

/** Functions of one account and region, by name or ARN. */
const lambda: ListInput<{ name: string; arn: string | undefined }> = {
  value: fc
    .record({ name: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,20}$/), byArn: fc.boolean() })
    .map(({ name, byArn }) => ({ name, arn: byArn ? functionArn(name) : undefined })),
  print: ({ name, arn }) => arn ?? name,
};

/** Canonical printers of all list inputs, with the values they print. */
export const listInputs = {
  'function-name': lambda,
  subnets: selector,
  'endpoint-subnets': selector,
  'security-groups': group,
  egress,
  endpoints: endpoint,
  allow: consent,
  tags: tag,
  'allowed-account-ids': account,
  'fail-on': reason,
};
