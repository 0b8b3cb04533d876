import { parseLabel, parsePullNumber, parseToken } from './comment.js';
import { parseEgress } from './egress.js';
import { parseEndpointPolicy } from './endpoint-policy.js';
import { parseFunctions, parseRegion, parseResourceName } from './functions.js';
import type { Complain } from './problems.js';
import { parseReaches } from './reaches.js';
import { parseAudience, parseRole, parseSessionDuration, parseSessionName } from './roles.js';
import {
  parseAccountIds,
  parseAllow,
  parseChoice,
  parseDuration,
  parseFailOn,
  parseTags,
} from './scalars.js';
import { parseSecurityGroups, parseSubnets, parseVpc } from './selectors.js';
import { parseEndpoints } from './services.js';

/** One input: how it is written, and how it is read. */
interface Row<T> {
  /** How a value is written; the README and the error messages show it. */
  readonly grammar: string;
  /** Used when the input is empty or missing; equals the default in action.yml. */
  readonly fallback?: string;
  readonly parse: (text: string, complain: Complain) => T | undefined;
}

const row = <const T>(value: Row<T>): Row<T> => value;

const ROLE = '`<ARN of an IAM role>`';

const SUBNETS = '`subnet-…`, `tag:Key=Value`, `name:glob` or `private`, separated by commas or new lines';

/** Every input of action.yml: parser, README and messages read this one table. */
export const grammar = {
  'function-name': row({
    grammar: '`<name>` or `<ARN>`, several separated by commas or new lines',
    parse: parseFunctions,
  }),
  'aws-region': row({ grammar: '`<region>`, for example `us-east-2`', parse: parseRegion }),
  'role-to-assume': row({ grammar: ROLE, parse: parseRole }),
  'plan-role-to-assume': row({ grammar: ROLE, parse: parseRole }),
  'role-session-name': row({ grammar: '`<name>`', parse: parseSessionName }),
  'role-duration-seconds': row({
    grammar: '`<seconds>`, 900 to 43200',
    fallback: '3600',
    parse: parseSessionDuration,
  }),
  audience: row({ grammar: '`<audience>`', parse: parseAudience }),
  'dry-run': row({
    grammar: '`auto`, `true` or `false`',
    fallback: 'auto',
    parse: parseChoice(['auto', 'true', 'false']),
  }),
  'resource-name': row({ grammar: '`<name>`', parse: parseResourceName }),
  vpc: row({ grammar: '`vpc-…`, `tag:Key=Value` or `name:glob`', parse: parseVpc }),
  subnets: row({ grammar: SUBNETS, parse: parseSubnets }),
  'security-groups': row({
    grammar: '`sg-…`, `<group name>` or `managed`, separated by commas or new lines',
    parse: parseSecurityGroups,
  }),
  egress: row({
    grammar:
      '`tcp <port> <peer>`, `udp <from>-<to> <peer>`, `all <peer>` or `none`, one per line; a peer is `sg-…`, a CIDR, `pl-…`, `s3` or `dynamodb`',
    parse: parseEgress,
  }),
  endpoints: row({
    grammar:
      '`<service>`, `<service>:interface`, `<service>:gateway`, `auto` or `none`, separated by commas or new lines',
    parse: parseEndpoints,
  }),
  'endpoint-subnets': row({ grammar: SUBNETS, parse: parseSubnets }),
  'endpoint-access': row({
    grammar: '`vpc`, `subnets` or `function`',
    fallback: 'vpc',
    parse: parseChoice(['vpc', 'subnets', 'function']),
  }),
  'endpoint-policy': row({
    grammar: 'a policy in JSON, or the path of a file in the repository that holds one',
    parse: parseEndpointPolicy,
  }),
  'existing-endpoints': row({
    grammar: '`reuse`, `extend` or `fail`',
    fallback: 'reuse',
    parse: parseChoice(['reuse', 'extend', 'fail']),
  }),
  'private-dns': row({ grammar: '`true` or `false`', parse: parseChoice(['true', 'false']) }),
  ipv6: row({ grammar: '`true` or `false`', parse: parseChoice(['true', 'false']) }),
  'iam-policy': row({
    grammar: '`managed`, `inline`, `verify` or `none`',
    fallback: 'managed',
    parse: parseChoice(['managed', 'inline', 'verify', 'none']),
  }),
  'harden-role': row({
    grammar: '`true` or `false`',
    fallback: 'false',
    parse: parseChoice(['true', 'false']),
  }),
  reaches: row({
    grammar:
      '`<service>`, `internet`, `tcp <port> <peer>` or `udp <port> <peer>`, one per line; a peer is `sg-…`, an address, a CIDR, `<service>` or `internet`',
    parse: parseReaches,
  }),
  allow: row({ grammar: '`<consent>:<object>` or `public-subnets`, one per line', parse: parseAllow }),
  tags: row({ grammar: '`Key=Value`, one per line', parse: parseTags }),
  'wait-timeout': row({
    grammar: '`<number>s`, `<number>m` or `<number>h`',
    fallback: '10m',
    parse: parseDuration,
  }),
  advice: row({
    grammar: '`auto`, `full` or `none`',
    fallback: 'auto',
    parse: parseChoice(['auto', 'full', 'none']),
  }),
  'fail-on': row({
    grammar: 'a list of `error`, `warning`, `unknown`, `drift`, `changes` and `skipped`, or `none`',
    fallback: 'error',
    parse: parseFailOn,
  }),
  'allowed-account-ids': row({
    grammar: '12-digit account ids, separated by commas or new lines',
    parse: parseAccountIds,
  }),
  comment: row({
    grammar: '`auto`, `always` or `never`',
    fallback: 'auto',
    parse: parseChoice(['auto', 'always', 'never']),
  }),
  label: row({ grammar: '`<text>`', parse: parseLabel }),
  'pr-number': row({ grammar: '`<number>`', parse: parsePullNumber }),
  'github-token': row({
    grammar: '`<token>`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the default in action.yml, which the runner evaluates.
    fallback: '${{ github.token }}',
    parse: parseToken,
  }),
};

/** Name of an input. */
export type InputName = keyof typeof grammar;

/** The parsed value of an input. */
export type InputValue<N extends InputName> = Exclude<ReturnType<(typeof grammar)[N]['parse']>, undefined>;
