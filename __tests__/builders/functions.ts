import type { LambdaFunction, Observed, ObservedFunctions } from '../../src/model/observed.js';
import { ACCOUNT } from './ids.js';

/** A function that is in no VPC, as AWS makes it. */
export function plainFunction(name: string, region: string): LambdaFunction {
  return {
    name,
    arn: `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/service-role/${name}-role`,
    runtime: 'nodejs24.x',
    state: 'Active',
    stateReason: undefined,
    stateReasonCode: undefined,
    lastUpdateStatus: 'Successful',
    lastUpdateReason: undefined,
    lastUpdateReasonCode: undefined,
    revisionId: 'revision-1',
    network: { subnetIds: [], securityGroupIds: [], ipv6: false },
    mountsFileSystem: false,
    deadLetterTarget: undefined,
    environmentKey: false,
    activeTracing: false,
    logGroup: undefined,
    edge: false,
    capacityProvider: undefined,
    snapStart: false,
    stateRead: true,
  };
}

/** What a run about these functions read; the network around them is that of the first one. */
export function observedFunctions(...each: readonly [Observed, ...Observed[]]): ObservedFunctions {
  const [{ lambda: _, policies: _p, aliases: _a, provisioned: _c, tags: _t, role: _r, ...network }] = each;
  return {
    ...network,
    functions: each.map(({ lambda, policies, aliases, provisioned, tags, role }) => ({
      lambda,
      policies,
      aliases,
      provisioned,
      tags,
      role,
    })),
  };
}
