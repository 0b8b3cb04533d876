import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PricingClient } from '@aws-sdk/client-pricing';
import { Route53Client } from '@aws-sdk/client-route-53';
import { STSClient } from '@aws-sdk/client-sts';
import type { Agents } from '../http/agent.js';
import type { Action, Aws, Input, Output } from './call.js';
import { operations } from './operations.js';
import { partitionOfRegion } from './partitions.js';
import type { SharedIdentity } from './shared-identity.js';

/** What the door to AWS needs from the run. */
export interface ClientOptions {
  readonly config: ClientConfig;
  /** One identity for all clients. */
  readonly identity: SharedIdentity;
  /** Aborted when the run is cancelled: reads stop at once. */
  readonly signal: AbortSignal;
  /** Aborted when writes in flight have had their time. */
  readonly writeSignal: AbortSignal;
  /** Told about each request before it is sent: the action name alone, never its input. */
  readonly onRequest: (action: Action) => void;
}

type Service = 'ec2' | 'iam' | 'lambda' | 'pricing' | 'route53' | 'sts';

/** Milliseconds that a price is worth waiting for: a network may not lead to the Price List API at all. */
const PRICE_TIMEOUT = 4_000;

/** What the SDK clients have in common. */
interface Sender {
  send(command: object, options: { abortSignal: AbortSignal }): Promise<unknown>;
}

/**
 * Attempts per request, the first included. The SDK retries throttling, 5xx answers and broken
 * connections only, with exponential back-off to 20 s.
 */
const MAX_ATTEMPTS = 8;

/** Milliseconds. A request that AWS has not begun to answer by then is tried again. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/**
 * What all clients have in common. Endpoints come from the environment and the shared configuration, as for every
 * AWS SDK: `AWS_ENDPOINT_URL` and those of single services, dual-stack and FIPS endpoints.
 */
export type ClientConfig = ReturnType<typeof clientConfig>;

/** The common configuration; `userAgent` is appended to the SDK's, for example `vpc-lambda-action/1.0.0`. */
export function clientConfig(region: string, userAgent: string, agents: Agents) {
  return {
    region,
    customUserAgent: userAgent,
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: { ...TIMEOUTS, httpAgent: agents.http, httpsAgent: agents.https },
  };
}

/** The part of a client that requests pass through on their way out, each attempt anew. */
interface Outgoing {
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: { request: unknown }) => Promise<never>,
        context: { readonly commandName?: string },
      ) => (args: { request: unknown }) => Promise<never>,
      options: { step: 'finalizeRequest'; priority: 'low'; name: string },
    ): void;
  };
}

/** Names of the commands that are sent once. */
const SENT_ONCE: ReadonlySet<unknown> = new Set(
  Object.values(operations).flatMap(({ command, once }) => (once ? [command.name] : [])),
);

/**
 * Once the run is stopped no request is tried again, and some never are: the SDK numbers its attempts in a header.
 */
function stopRetries(client: unknown, stop: AbortSignal): void {
  const { middlewareStack } = client as Outgoing;
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const { headers = {} }: { headers?: Record<string, string> } = Object(args.request);
        const again = !/attempt=1(;|$)/.test(headers['amz-sdk-request'] ?? 'attempt=1');
        if (again && stop.aborted) {
          throw Object.assign(new Error('The run was stopped.'), { name: 'AbortError' });
        }
        if (again && SENT_ONCE.has(commandName)) throw new Error('AWS did not answer it at once');
        return next(args);
      },
    { step: 'finalizeRequest', priority: 'low', name: 'stopRetries' },
  );
}

/** The client of a service, made when it is used first: many runs need only some of them. */
function makeClients({ config, identity, signal }: ClientOptions): (service: Service) => Sender {
  const shared = { ...config, credentials: identity };
  const [pricesRegion = config.region] = partitionOfRegion(config.region).priceListRegions;
  const makers = {
    ec2: () => new EC2Client(shared),
    iam: () => new IAMClient(shared),
    lambda: () => new LambdaClient(shared),
    pricing: () => new PricingClient({ ...shared, region: pricesRegion }),
    route53: () => new Route53Client(shared),
    sts: () => new STSClient(shared),
  };
  const made = new Map<Service, Sender>();
  return (service) => {
    const known = made.get(service);
    if (known !== undefined) return known;
    const client = makers[service]();
    stopRetries(client, signal);
    const sender = client as unknown as Sender;
    made.set(service, sender);
    return sender;
  };
}

/** What stops a request: the end of the run, and for prices that they are not worth more time. */
function signalFor(action: Action, { signal, writeSignal }: ClientOptions): AbortSignal {
  if (action.startsWith('pricing:')) return AbortSignal.any([signal, AbortSignal.timeout(PRICE_TIMEOUT)]);
  return isRead(action) ? signal : writeSignal;
}

/** Makes the one door to AWS. */
export function makeAws(options: ClientOptions): Aws {
  const clientOf = makeClients(options);

  async function send<A extends Action>(action: A, input: Input<A>): Promise<Output<A>> {
    const { command } = operations[action];
    const service = action.slice(0, action.indexOf(':')) as Service;
    options.onRequest(action);
    const abortSignal = signalFor(action, options);
    return (await clientOf(service).send(new command(input), { abortSignal })) as Output<A>;
  }

  async function pages<A extends Action>(
    action: A,
    input: Input<A>,
    enough: (pages: readonly Output<A>[]) => boolean = () => false,
  ): Promise<Output<A>[]> {
    const { paging } = operations[action];
    const answers: Output<A>[] = [];
    let token: unknown;
    do {
      const next = paging && token !== undefined ? { [paging.input]: token } : {};
      const answer = await send(action, { ...input, ...paging?.size, ...next });
      answers.push(answer);
      token = paging && Object.entries(answer).find(([key]) => key === paging.output)?.[1];
    } while (typeof token === 'string' && token !== '' && !enough(answers));
    return answers;
  }

  return { region: options.config.region, send, pages };
}

/** Whether an action only reads: AWS names those Describe, Get, List and Simulate. */
export function isRead(action: Action): boolean {
  return /:(Describe|Get|List|Simulate)/.test(action);
}
