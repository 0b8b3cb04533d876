import type { Policy, Statement } from './document.js';
import { matchesPattern } from './match.js';
import { NETWORK_INTERFACE_ACTIONS } from './network-interfaces.js';

/** How sure it is that the function's code calls a service. */
export type Grade = 'needed' | 'maybe' | 'not';

/** What of a function's configuration tells who makes a call: the function's code, or Lambda itself. */
export interface FunctionFacts {
  /** ARNs that Lambda delivers to: dead-letter queue or topic, destinations of events and of failed batches. */
  readonly deliveries: readonly string[];
  /** ARNs of what event source mappings poll; undefined when they were not read. */
  readonly eventSources: readonly string[] | undefined;
  /** Whether a file system is mounted. */
  readonly mountsFileSystem: boolean;
  /** Whether a KMS key of the customer encrypts the environment. */
  readonly environmentKey: boolean;
  /** Whether X-Ray's tracing mode is `Active`. */
  readonly activeTracing: boolean;
  /** Name of the log group that Lambda writes; undefined for `/aws/lambda/<function>`. */
  readonly logGroup: string | undefined;
}

/** One allowed action of a statement. */
export interface Grant {
  /** In lower case; may be a pattern. */
  readonly action: string;
  /** The action as it stands in the policy. */
  readonly written: string;
  readonly policy: Policy;
  readonly statement: Statement;
}

/** What a rule says about a grant. */
export interface Judgement {
  readonly grade: Grade;
  readonly label: string;
}

/** All that rules may look at. */
export interface Case {
  readonly grant: Grant;
  readonly facts: FunctionFacts;
  /** Prefixes of every action that the role's policies name, for example `ssm`. */
  readonly prefixes: ReadonlySet<string>;
}

type Rule = (one: Case) => Judgement | undefined;

const not = (label: string): Judgement => ({ grade: 'not', label });
const unsure = (why: string): Judgement => ({ grade: 'maybe', label: `only if your code calls it: ${why}` });
const needed = (label: string): Judgement => ({ grade: 'needed', label });

const prefixOf = (action: string) => action.split(':')[0] ?? '';
const serviceOf = (arn: string) => arn.split(':')[2] ?? '';
const isPattern = (action: string) => /[*?]/.test(action);

const lowerSet = (...actions: readonly string[]): ReadonlySet<string> =>
  new Set(actions.map((action) => action.toLowerCase()));

/** Policies of AWS's that hold what Lambda itself does with the role (AWS Managed Policy Reference). */
const LAMBDA_POLICIES = /^AWSLambda(\w*ExecutionRole|ENIManagementAccess)$/;
const INSIGHTS_POLICY = 'CloudWatchLambdaInsightsExecutionRolePolicy';

const INTERFACE_ACTIONS = lowerSet(...NETWORK_INTERFACE_ACTIONS);
/** Reads that older policies for functions in a VPC and for brokers hold beside the making of interfaces. */
const INTERFACE_COMPANIONS = lowerSet(
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeVpcs',
  'ec2:DetachNetworkInterface',
  'ec2:ModifyNetworkInterfaceAttribute',
);

/** Permissions that are checked on other calls and are no calls of their own (Service Authorization Reference). */
const NO_CALLS = lowerSet('iam:PassRole', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:SetContext');

/** Data that is reached at an address of the resource itself, inside the network, and at no AWS endpoint. */
const OWN_ADDRESS =
  /^(aoss|dax|kafka-cluster|neptune-db|rds-db|s3files):|^(elasticache|memorydb):connect$|^elasticfilesystem:client|^es:eshttp/;

/** What pollers of Lambda's do on event sources (Lambda Developer Guide, "Using source function ARN" and each source). */
const POLLED: readonly { readonly source: string; readonly actions: ReadonlySet<string> }[] = [
  {
    source: 'sqs',
    actions: lowerSet(
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:DeleteMessageBatch',
      'sqs:ChangeMessageVisibility',
      'sqs:ChangeMessageVisibilityBatch',
    ),
  },
  {
    source: 'kinesis',
    actions: lowerSet(
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamConsumer',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
      'kinesis:ListStreams',
      'kinesis:SubscribeToShard',
    ),
  },
  {
    source: 'dynamodb',
    actions: lowerSet(
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ),
  },
  {
    source: 'kafka',
    actions: lowerSet('kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'),
  },
  { source: 'mq', actions: lowerSet('mq:DescribeBroker') },
  {
    source: 'rds',
    actions: lowerSet(
      'rds:DescribeDBClusters',
      'rds:DescribeDBClusterParameters',
      'rds:DescribeDBSubnetGroups',
    ),
  },
];

/** Reads that senders and pollers of a queue have alike; they tell nothing by themselves. */
const QUEUE_COMPANIONS = lowerSet('sqs:GetQueueAttributes', 'sqs:GetQueueUrl');

/** What Lambda does to deliver events and failures (Lambda Developer Guide, "Asynchronous invocation"). */
const DELIVERIES = lowerSet(
  'events:PutEvents',
  'lambda:InvokeFunction',
  's3:PutObject',
  'sns:Publish',
  'sqs:SendMessage',
);

/** Event sources whose credentials Lambda's pollers read from Secrets Manager. */
const SOURCES_WITH_SECRETS = ['kafka', 'mq', 'rds'];

/** What other services do with a key for a caller who may use it (AWS KMS Developer Guide, "kms:ViaService"). */
const KEY_USES = /^kms:(decrypt|encrypt|reencrypt|generatedatakey|creategrant|describekey|\*)/;
const KEY_USERS =
  'dynamodb ebs events firehose kinesis lambda logs s3 secretsmanager sns sqs ssm states xray'.split(' ');

/** What Lambda does to send traces (AWSXRayDaemonWriteAccess; Lambda Developer Guide, "Using source function ARN"). */
const TRACE_ACTIONS = lowerSet(
  'xray:GetSamplingRules',
  'xray:GetSamplingStatisticSummaries',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
);

/** What Lambda does to write a function's log, and what copies of its policy add. */
const LOG_ACTIONS = lowerSet(
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:DescribeLogStreams',
  'logs:PutLogEvents',
  'logs:TagResource',
);

const OWN_LOG = 'Lambda writes the log of the function itself, outside the VPC';

const lambdaOwn: Rule = ({ grant: { action, policy } }) => {
  if (policy.source !== 'aws') return undefined;
  if (policy.name === INSIGHTS_POLICY && prefixOf(action) === 'logs')
    return needed('the Lambda Insights extension writes to CloudWatch Logs from inside the function');
  if (LAMBDA_POLICIES.test(policy.name)) return not(`${policy.name} holds what Lambda itself needs`);
  return LOG_ACTIONS.has(action) ? not(OWN_LOG) : undefined;
};

const noCall: Rule = ({ grant: { action } }) =>
  NO_CALLS.has(action) ? not('it is a permission and no call') : undefined;

const ownAddress: Rule = ({ grant: { action } }) =>
  OWN_ADDRESS.test(action) ? not('it is reached at its own address, not at an AWS endpoint') : undefined;

const interfaces: Rule = ({ grant: { action, statement } }) => {
  const isBeside = statement.actions.values.some(
    (value) => value.toLowerCase() === 'ec2:createnetworkinterface',
  );
  const companion = INTERFACE_COMPANIONS.has(action) && isBeside;
  // Statements for functions in a VPC are copied with more in them than Lambda uses.
  if (
    isBeside &&
    /^ec2:(describe|.*networkinterface)/.test(action) &&
    !companion &&
    !INTERFACE_ACTIONS.has(action)
  ) {
    return unsure('its statement is for the network interfaces that Lambda makes');
  }
  return companion || INTERFACE_ACTIONS.has(action) ? not('Lambda makes the network interfaces') : undefined;
};

const broadPolicy: Rule = ({ grant: { policy } }) =>
  policy.source === 'aws'
    ? { grade: 'maybe', label: `cannot be known: ${policy.name} allows more than one function uses` }
    : undefined;

const polled: Rule = ({ grant: { action }, facts: { eventSources } }) => {
  const row = POLLED.find(({ actions }) => actions.has(action));
  if (row === undefined) return undefined;
  if (eventSources?.some((arn) => serviceOf(arn) === row.source)) return not('Lambda polls the event source');
  return eventSources === undefined ? unsure('Lambda polls event sources itself') : undefined;
};

const queueCompanion: Rule = ({ grant: { action } }) =>
  QUEUE_COMPANIONS.has(action) ? unsure('senders and pollers of a queue have it alike') : undefined;

/** Evidence again where the statement names another resource than those Lambda delivers to. */
const delivered: Rule = ({ grant: { action, statement }, facts }) => {
  if (!DELIVERIES.has(action)) return undefined;
  const targets = facts.deliveries.filter((arn) => serviceOf(arn) === prefixOf(action));
  const { kind, values } = statement.resources ?? { kind: 'except', values: [] };
  const others = values.filter((pattern) => !targets.some((arn) => matchesPattern(pattern, arn)));
  if (targets.length === 0 || (kind === 'only' && others.length > 0)) return undefined;
  return unsure('Lambda itself writes to the dead-letter queue and to destinations');
};

const secretsOfSources: Rule = ({ grant: { action }, facts: { eventSources = [] } }) =>
  prefixOf(action) === 'secretsmanager' &&
  eventSources.some((arn) => SOURCES_WITH_SECRETS.includes(serviceOf(arn)))
    ? unsure('Lambda reads the credentials of the event source itself')
    : undefined;

const keys: Rule = ({ grant: { action, statement }, facts, prefixes }) => {
  if (!KEY_USES.test(action)) return undefined;
  if (statement.conditions.some(({ key }) => key.toLowerCase() === 'kms:viaservice'))
    return not('its statement lets only other services use the key');
  const users = KEY_USERS.filter((prefix) => prefixes.has(prefix));
  if (users.length > 0) return unsure(`${users.join(', ')} use the key on their side`);
  return facts.environmentKey ? unsure('Lambda decrypts the environment itself') : undefined;
};

const traces: Rule = ({ grant: { action } }) =>
  TRACE_ACTIONS.has(action) || /^xray:.*[*]/.test(action)
    ? unsure('Lambda sends its traces itself, outside the VPC')
    : undefined;

/**
 * A policy that may make log groups, or that names the group which Lambda writes alone, is a copy of what Lambda's own
 * logging needs. One that writes to any group without making one, or that names another, was written for the code.
 */
const logging: Rule = ({ grant: { action, policy, statement }, facts }) => {
  if (prefixOf(action) !== 'logs') return undefined;
  if (isPattern(action)) return unsure(OWN_LOG);
  const groups = groupsOf(statement);
  const isOwn = (group: string): boolean => /^\/aws\/lambda[/*]/.test(group) || group === facts.logGroup;
  const namesOther = groups.some((group) => group !== '*' && !isOwn(group));
  if (!LOG_ACTIONS.has(action) || namesOther) return undefined;
  const makesGroups = policy.statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' && actions.values.some((value) => value.toLowerCase() === 'logs:createloggroup'),
  );
  return makesGroups || groups.every(isOwn) ? unsure(OWN_LOG) : undefined;
};

/** The log groups that a statement names; `*` for all of them. */
function groupsOf({ resources }: Statement): string[] {
  const { kind, values } = resources ?? { kind: 'except', values: [] };
  if (kind === 'except') return ['*'];
  return values.map((arn) => /:log-group:([^:]+)/.exec(arn)?.[1] ?? '*');
}

/** In order: the first rule with an opinion decides. */
const RULES: readonly Rule[] = [
  lambdaOwn,
  noCall,
  ownAddress,
  interfaces,
  broadPolicy,
  polled,
  queueCompanion,
  delivered,
  secretsOfSources,
  keys,
  traces,
  logging,
];

/** Whether the function's code makes the calls of a grant; a grant that no rule explains otherwise is evidence that it does. */
export function judgeGrant(one: Case): Judgement {
  for (const rule of RULES) {
    const judgement = rule(one);
    if (judgement !== undefined) return judgement;
  }
  return needed('the policies of the role name it');
}
