/**
 * Which endpoint service an IAM service prefix needs. Sources: the prefixes of the Service Authorization Reference,
 * the names of "AWS services that integrate with AWS PrivateLink", and the EventBridge and EventBridge Scheduler guides.
 * Whether the region has the service is looked up in AWS, never here.
 */

/** How a service is reached from inside a VPC. */
export interface ServiceRoute {
  /** Word of the endpoint service behind the region, or the prefix where AWS has none. */
  readonly word: string;
  /** `none`: no endpoint service is known, only the internet (a NAT gateway) leads there. */
  readonly endpoint: 'Interface' | 'Gateway' | 'none';
  /** What an endpoint does not do, or does to others. */
  readonly caution: string | undefined;
}

/** Prefixes whose endpoint service has the same word. */
const SAME = `
  access-analyzer account acm acm-pca apigateway app-integrations appconfig applicationinsights application-autoscaling
  application-signals apprunner appmesh apptest athena auditmanager autoscaling autoscaling-plans b2bi backup
  backup-gateway batch bcm-data-exports bcm-pricing-calculator bedrock bedrock-agentcore billing billingconductor braket cases ce cleanrooms cleanrooms-ml
  clouddirectory cloudformation cloudtrail codebuild codecommit codedeploy codeguru-profiler codeguru-reviewer
  codepipeline codewhisperer cognito-identity cognito-idp comprehend comprehendmedical compute-optimizer config
  connect-campaigns controlcatalog cost-optimization-hub databrew dataexchange datasync datazone devops-guru
  discovery dms drs ds ds-data dsql ebs ec2 ec2messages ecs eks eks-auth elasticache elasticbeanstalk
  elasticfilesystem elasticloadbalancing elasticmapreduce emr-containers emr-serverless entityresolution events
  execute-api finspace fis forecast frauddetector freetier fsx glue grafana greengrass groundstation guardduty
  healthlake identitystore imagebuilder inspector2 inspector-scan internetmonitor invoicing iotfleetwise kafka
  kafkaconnect kendra kendra-ranking kinesisanalytics kms lakeformation lambda launchwizard license-manager
  license-manager-linux-subscriptions license-manager-user-subscriptions logs lookoutequipment
  lookoutmetrics lookoutvision m2 macie2 managedblockchain-query mediaconnect medical-imaging mgn
  migrationhub-orchestrator migrationhub-strategy mq neptune-graph network-firewall networkflowmonitor
  networkmonitor nimble observabilityadmin organizations outposts panorama pca-connector-ad
  pca-connector-scep pcs personalize pi pipes polly private-networks profile proton q qapps qbusiness ram rbin rds
  rds-data redshift redshift-data redshift-serverless refactor-spaces rekognition resource-groups robomaker
  rolesanywhere rum s3-outposts s3tables s3vectors sagemaker-data-science-assistant
  sagemaker-geospatial scheduler schemas scn secretsmanager
  securityhub securitylake serverlessrepo servicecatalog servicediscovery shield simspaceweaver sms
  social-messaging sns sqs ssm ssm-contacts ssm-incidents ssm-quicksetup ssmmessages states storagegateway sts
  swf synthetics tax textract timestream-influxdb tnb transcribe transfer translate trustedadvisor verifiedpermissions
  voiceid vpc-lattice wafv2 wellarchitected wisdom workmail workspaces workspaces-web xray
`;

/** Prefixes whose endpoint service has another word. */
const OTHER: Readonly<Record<string, string>> = {
  airflow: 'airflow.api',
  aps: 'aps-workspaces',
  appstream: 'appstream.api',
  appsync: 'appsync-api',
  arsenal: 'arsenal-discovery',
  cassandra: 'cassandra',
  cloudhsm: 'cloudhsmv2',
  cloudwatch: 'monitoring',
  codeartifact: 'codeartifact.api',
  codeconnections: 'codeconnections.api',
  'codestar-connections': 'codestar-connections.api',
  deadline: 'deadline.management',
  ecr: 'ecr.api',
  'ecr-public': 'ecr-public.api',
  firehose: 'kinesis-firehose',
  iotsitewise: 'iotsitewise.api',
  iottwinmaker: 'iottwinmaker.api',
  iotwireless: 'iotwireless.api',
  kinesis: 'kinesis-streams',
  lex: 'runtime-v2-lex',
  memorydb: 'memory-db',
  mobiletargeting: 'pinpoint',
  omics: 'workflows-omics',
  'payment-cryptography': 'payment-cryptography.dataplane',
  pricing: 'pricing.api',
  qldb: 'qldb.session',
  sagemaker: 'sagemaker.api',
  ses: 'email',
  'sms-voice': 'pinpoint-sms-voice-v2',
  tag: 'tagging',
  thinclient: 'thinclient.api',
};

/** Actions that another endpoint service serves than the rest of their prefix; the first row that matches decides. */
const BY_ACTION: readonly { readonly actions: RegExp; readonly word: string }[] = [
  { actions: /^appconfig:(startconfigurationsession|getlatestconfiguration)$/, word: 'appconfigdata' },
  {
    actions: /^bedrock:(invokemodel|converse|applyguardrail|counttokens|getasyncinvoke|listasyncinvokes)/,
    word: 'bedrock-runtime',
  },
  {
    actions: /^bedrock:(invokedataautomationasync|getdataautomationstatus)$/,
    word: 'bedrock-data-automation-runtime',
  },
  {
    actions: /^bedrock:(retrieve|retrieveandgenerate|rerank|invokeagent|invokeinlineagent|invokeflow)$/,
    word: 'bedrock-agent-runtime',
  },
  { actions: /^bedrock:.*(agent|flow|prompt|knowledgebase|datasource|ingestionjob)/, word: 'bedrock-agent' },
  {
    actions: /^dynamodb:(getrecords|getsharditerator|describestream|liststreams)$/,
    word: 'dynamodb-streams',
  },
  { actions: /^geo:.*geofence/, word: 'geo.geofencing' },
  { actions: /^geo:getmap/, word: 'geo.maps' },
  { actions: /^geo:(searchplace|getplace)/, word: 'geo.places' },
  { actions: /^geo:calculateroute/, word: 'geo.routes' },
  { actions: /^geo:.*(tracker|deviceposition)/, word: 'geo.tracking' },
  {
    actions: /^iot:(publish|connect|subscribe|receive|retainpublish|.*thingshadow|.*retainedmessages?)$/,
    word: 'iot.data',
  },
  { actions: /^iotsitewise:batch(get|put)assetproperty/, word: 'iotsitewise.data' },
  { actions: /^lex:(create|build|delete|describe|update|list|start|stop)/, word: 'models-v2-lex' },
  {
    actions: /^personalize:(getrecommendations|getactionrecommendations|getpersonalizedranking)$/,
    word: 'personalize-runtime',
  },
  { actions: /^personalize:put(events|users|items|actions|actioninteractions)$/, word: 'personalize-events' },
  { actions: /^sagemaker:invokeendpoint/, word: 'sagemaker.runtime' },
  {
    actions: /^sagemaker:(batchgetrecord|getrecord|putrecord|deleterecord)$/,
    word: 'sagemaker.featurestore-runtime',
  },
  { actions: /^servicediscovery:discoverinstances/, word: 'data-servicediscovery' },
  { actions: /^states:startsyncexecution$/, word: 'sync-states' },
  { actions: /^transcribe:start.*stream/, word: 'transcribestreaming' },
];

/** What a function most likely calls where a pattern such as `bedrock:*` covers several endpoint services. */
const BY_WILDCARD: Readonly<Record<string, string>> = {
  appconfig: 'appconfigdata',
  bedrock: 'bedrock-runtime',
  iot: 'iot.data',
  personalize: 'personalize-runtime',
};

/** Services that AWS serves through gateway endpoints (AWS PrivateLink guide, "Gateway endpoints"). */
const GATEWAYS = ['s3', 'dynamodb'];

const CAUTIONS: Readonly<Record<string, string>> = {
  'appsync-api': 'its endpoint serves private APIs only',
  cassandra: 'its endpoint listens on port 9142',
  'execute-api': 'with private DNS its endpoint makes public APIs answer 403',
  'ecr.api': 'images also need ecr.dkr and s3',
};

const SAME_WORDS: ReadonlySet<string> = new Set(SAME.trim().split(/\s+/));

/** Every prefix that has an endpoint service of its own, sorted. */
export const PREFIXES_WITH_ENDPOINT: readonly string[] = [
  ...new Set([...SAME_WORDS, ...Object.keys(OTHER), ...GATEWAYS]),
].sort();

/** How the service of an action is reached; the action may be a pattern such as `s3:Get*`. */
export function routeOf(action: string): ServiceRoute {
  const lower = action.toLowerCase();
  const [prefix = ''] = lower.split(':');
  const special = BY_ACTION.find(({ actions }) => actions.test(lower))?.word;
  const guess = /[*?]/.test(lower) ? BY_WILDCARD[prefix] : undefined;
  const word = special ?? guess ?? OTHER[prefix] ?? (isListed(prefix) ? prefix : undefined);
  if (word === undefined) return { word: prefix, endpoint: 'none', caution: undefined };
  const endpoint = GATEWAYS.includes(word) ? 'Gateway' : 'Interface';
  return { word, endpoint, caution: CAUTIONS[word] };
}

function isListed(prefix: string): boolean {
  return SAME_WORDS.has(prefix) || GATEWAYS.includes(prefix);
}

/** The prefixes whose actions an endpoint service serves, `ssm` for `ssm` and `ssm-fips`; empty where none is known. */
export function prefixesOf(word: string): string[] {
  const plain = word.replace(/:interface$|-fips$/, '');
  return PREFIXES_WITH_ENDPOINT.filter((prefix) =>
    [`${prefix}:any`, `${prefix}:*`].some((action) => routeOf(action).word === plain),
  );
}
