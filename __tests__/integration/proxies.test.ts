import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.js';
import { withTestBed } from '../support/test-bed.js';
import { startTlsFront, type TlsFront } from '../support/tls.js';
import { withOidc } from './oidc-stage.js';
import { caseInputs, step } from './steps.js';

const bed = withTestBed();
const stage = withOidc(bed);

/** Names that only the proxy knows. */
const aws = 'aws.behind.invalid';
const github = 'tokens.behind.invalid';

let front: TlsFront;
let proxy: ConnectProxy;

beforeAll(async () => {
  front = await startTlsFront(['*.behind.invalid', '*.amazonaws.com', '*.us-east-2.api.aws'], (asked) =>
    asked.headers.host?.startsWith(github) ? new URL(stage.tokens.url).origin : bed.proxy.url,
  );
  proxy = await startConnectProxy({
    route: (target) => (/\.behind\.invalid:443$/.test(target) ? front.place : undefined),
  });
});

afterAll(async () => {
  await proxy.stop();
  await front.stop();
});

const distinct = (from: number): string[] => [...new Set(proxy.targets.slice(from))].sort();
const behind = () => ({
  AWS_ENDPOINT_URL: `https://${aws}`,
  ACTIONS_ID_TOKEN_REQUEST_URL: `https://${github}/token?api-version=2.0`,
  NODE_EXTRA_CA_CERTS: front.certificateFile,
});

describe('behind a proxy', () => {
  it.each(['HTTPS_PROXY', 'https_proxy'])(
    'everything goes through %s: AWS, STS and ID tokens',
    async (name) => {
      const from = proxy.targets.length;
      const { outputs } = await stage.run({}, { env: { ...behind(), [name]: proxy.url } });
      expect(outputs.outcome).toBe('changed');
      expect(distinct(from)).toEqual([`${aws}:443`, `${github}:443`]);
      expect(bed.proxy.calls.map(({ action }) => action)).toContain('sts:AssumeRoleWithWebIdentity');
    },
  );

  it('connections are kept: far fewer tunnels than requests', async () => {
    const from = proxy.targets.length;
    await stage.run({}, { env: { ...behind(), HTTPS_PROXY: proxy.url } });
    expect(proxy.targets.length - from).toBeLessThan(bed.proxy.calls.length / 2);
  });

  it.each([
    { name: 'without the variable', env: {} },
    { name: 'with the variable of plain HTTP', env: { HTTP_PROXY: true } },
    { name: 'where NO_PROXY holds the domain', env: { HTTPS_PROXY: true, NO_PROXY: 'behind.invalid' } },
    { name: 'where no_proxy holds the domain', env: { HTTPS_PROXY: true, no_proxy: '.invalid' } },
  ])('nothing goes through it $name', async ({ env }) => {
    const from = proxy.targets.length;
    const set = Object.entries(env).map(([key, value]) => [key, value === true ? proxy.url : value]);
    const result = await stage.run({}, { env: { ...behind(), ...Object.fromEntries(set) } });
    expect(result.outputs.outcome).toBe('failed');
    expect(result.annotations.map(({ properties }) => properties.title)).toEqual(['github-unreachable']);
    expect(distinct(from)).toEqual([]);
  });

  it('plain HTTP goes through HTTP_PROXY', async () => {
    const plain = await startConnectProxy({ route: () => new URL(bed.proxy.url).host });
    const env = { AWS_ENDPOINT_URL: 'http://aws.behind.invalid:4566', HTTP_PROXY: plain.url };
    const { outputs } = await step(bed, { ...caseInputs, 'dry-run': 'true' }, { env });
    await plain.stop();
    expect(outputs.outcome).toBe('planned');
    expect(new Set(plain.targets)).toEqual(new Set(['aws.behind.invalid:4566']));
  });

  it('that refuses, the message names it, once, and not its password', async () => {
    const secret = 'password-of-the-proxy';
    const env = {
      AWS_ENDPOINT_URL: 'https://elsewhere.invalid',
      HTTPS_PROXY: proxy.url.replace('://', `://user:${secret}@`),
    };
    const { annotations, everything } = await step(bed, { ...caseInputs, 'dry-run': 'true' }, { env });
    const errors = annotations.filter(({ level }) => level === 'error');
    expect(new Set(errors.map(({ properties }) => properties.title))).toEqual(new Set(['aws-unreachable']));
    expect(errors[0]?.message).toContain(
      `The proxy ${proxy.url} opened no connection to elsewhere.invalid:443: HTTP 403.`,
    );
    expect(everything).not.toContain(secret);
  });
});

/** What the calls of a dry run's first wave are sent to. */
const endpoints: readonly {
  name: string;
  env: Readonly<Record<string, string>>;
  ec2: string;
  lambda: string;
  sts: string;
}[] = [
  {
    name: 'by themselves',
    env: {},
    ec2: 'ec2.us-east-2.amazonaws.com',
    lambda: 'lambda.us-east-2.amazonaws.com',
    sts: 'sts.us-east-2.amazonaws.com',
  },
  {
    name: 'with FIPS endpoints',
    env: { AWS_USE_FIPS_ENDPOINT: 'true' },
    ec2: 'ec2-fips.us-east-2.amazonaws.com',
    lambda: 'lambda-fips.us-east-2.amazonaws.com',
    sts: 'sts-fips.us-east-2.amazonaws.com',
  },
  {
    name: 'with dual-stack endpoints',
    env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' },
    ec2: 'ec2.us-east-2.api.aws',
    lambda: 'lambda.us-east-2.api.aws',
    sts: 'sts.us-east-2.api.aws',
  },
  {
    name: 'with an endpoint of one service',
    env: { AWS_ENDPOINT_URL_LAMBDA: 'https://vpce-1-lambda.vpce.us-east-2.amazonaws.com' },
    ec2: 'ec2.us-east-2.amazonaws.com',
    lambda: 'vpce-1-lambda.vpce.us-east-2.amazonaws.com',
    sts: 'sts.us-east-2.amazonaws.com',
  },
  {
    name: 'with an endpoint of all services and one of STS',
    env: { AWS_ENDPOINT_URL: 'https://all.invalid', AWS_ENDPOINT_URL_STS: 'https://sts.invalid' },
    ec2: 'all.invalid',
    lambda: 'all.invalid',
    sts: 'sts.invalid',
  },
];

describe('requests go to the endpoints of the SDK’s settings', () => {
  it.each(endpoints)('$name', async ({ env, ec2, lambda, sts }) => {
    const from = proxy.targets.length;
    const settings = { AWS_ENDPOINT_URL: undefined, HTTPS_PROXY: proxy.url, ...env };
    await step(bed, { ...caseInputs, 'dry-run': 'true' }, { env: settings });
    const expected = [ec2, lambda, sts].map((host) => `${host}:443`);
    expect(distinct(from)).toEqual([...new Set(expected)].sort());
  });

  it('and so does the request for a session', async () => {
    const from = proxy.targets.length;
    const env = { AWS_ENDPOINT_URL: undefined, AWS_USE_FIPS_ENDPOINT: 'true', HTTPS_PROXY: proxy.url };
    const { annotations } = await stage.run({}, { env });
    expect(distinct(from)).toEqual(['sts-fips.us-east-2.amazonaws.com:443']);
    expect(annotations.map(({ properties }) => properties.title)).toEqual(['aws-unreachable']);
  });
});
