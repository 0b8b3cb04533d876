import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rules } from '../../src/rules/check.js';
import { projectRoot } from '../support/project-root.js';
import { rows } from '../support/proxy/refusals/index.js';

/**
 * What becomes of each refusal of AWS before anything is written: the rules that tell it, other codes that stop the
 * run, or how a plan keeps from it.
 */
type Told =
  | { readonly rules: readonly string[] }
  | { readonly codes: readonly string[] }
  | { readonly avoided: string };

const told: Readonly<Record<string, Told>> = {
  'malformed-id': { codes: ['invalid-input'] },
  'dry-run': { avoided: 'no call is sent with DryRun' },
  'tag-text': { codes: ['invalid-input'] },
  'unknown-service': { codes: ['service-not-found'] },
  'service-type': { codes: ['endpoint-type-unsupported'] },
  'type-parameters': { avoided: 'subnets and groups are sent for interfaces, route tables for gateways' },
  'endpoint-policy-json': { codes: ['invalid-input'] },
  'endpoint-policy-size': { codes: ['invalid-input'] },
  'interface-endpoints-per-vpc': { rules: ['endpoint-quota'] },
  'gateway-endpoints-per-region': { rules: ['endpoint-quota'] },
  'endpoint-subnet-unknown': { codes: ['subnets-not-found'] },
  'endpoint-subnet-of-other-vpc': { codes: ['subnets-of-different-vpcs'] },
  'subnets-in-same-zone': { avoided: 'one subnet is chosen for each zone' },
  'zone-not-supported': { rules: ['zone-unsupported'] },
  'no-free-addresses': { rules: ['subnet-free-addresses'] },
  'endpoint-group': { avoided: 'an endpoint gets the group that this action made in its VPC' },
  'groups-per-interface': { rules: ['endpoint-groups-full', 'too-many-subnets-or-groups'] },
  'last-endpoint-group': { avoided: 'groups are only ever added to an endpoint' },
  'requester-managed-endpoint': { rules: ['endpoint-in-the-way'] },
  'service-without-private-dns': { rules: ['service-without-private-dns'] },
  'vpc-dns-attributes': { rules: ['vpc-dns-off'] },
  'private-dns-conflict': { rules: ['endpoint-in-the-way'] },
  'inbound-only-private-dns': { avoided: 'the option is sent as false where a service has both types' },
  'endpoint-route-table': { avoided: 'route tables are those read of the VPC' },
  'route-exists': { avoided: 'only tables without a route of the service are listed' },
  'group-name': { codes: ['invalid-input'] },
  'group-description': { avoided: 'descriptions are made of names that the inputs admit' },
  'group-in-unknown-vpc': { codes: ['vpc-not-found'] },
  'rule-description': { avoided: 'descriptions are a fixed set of words' },
  'rule-twice-in-call': { avoided: 'rules are told apart before they are sent' },
  'rule-peer': { codes: ['security-group-not-found'] },
  'rule-exists': { avoided: 'only rules that the group lacks are sent' },
  'rules-per-group': { rules: ['rules-per-group-quota'] },
  'vpc-config-too-long': { rules: ['too-many-subnets-or-groups'] },
  'runtime-blocked': { rules: ['runtime-deprecated'] },
  'file-system-needs-vpc': { avoided: 'a connect never takes a function out of its VPC' },
  'vpc-config-incomplete': { rules: ['nothing-selected'] },
  'inline-policy-size': { rules: ['role-policy-quota'] },
  'policies-per-role': { rules: ['role-policy-quota'] },
  'service-linked-role': { rules: ['role-not-modifiable'] },
  'role-not-assumable': { rules: ['role-not-assumable'] },
  'role-without-permission': { rules: ['execution-role-denied', 'execution-role-policy'] },
  'function-subnet-unknown': { codes: ['subnets-not-found'] },
  'function-group-unknown': { codes: ['security-group-not-found'] },
  'function-network-mixed': { codes: ['groups-of-different-vpcs', 'subnets-of-different-vpcs'] },
  'function-ipv6': { rules: ['subnets-not-dual-stack'] },
};

/** Refusals that no read tells beforehand, and why. */
const cannotBeKnown: Readonly<Record<string, string>> = {
  'client-token-reused': 'the token holds a hash of the request, so that it never is',
  'group-in-use': 'Lambda removes its interfaces when it likes; nothing here deletes a group',
  'update-in-progress': 'somebody may start an update between the last read and the write',
  'stale-revision': 'somebody may change the function between the last read and the write',
  'role-propagation': 'no call tells when a new policy has reached Lambda',
};

/** Refusals of a session, which is opened before anything is read, and the codes that tell them. */
const ofSessions: Readonly<Record<string, string>> = {
  'identity-provider': 'identity-provider-missing',
  'session-duration': 'session-too-long',
  'session-ended': 'credentials-rejected',
  'token-audience': 'audience-rejected',
  'token-expired': 'clock-skew',
  'trust-policy': 'role-not-trusted',
};

/** Rules that stop a run without a refusal of the emulated AWS, and why. */
const withoutRefusal: Readonly<Record<string, string>> = {
  'egress-without-managed': 'a wish that AWS never sees',
  'endpoint-broken': 'the endpoint is there and serves nothing',
  'endpoint-not-accepted': 'the endpoint is there and serves nothing yet',
  'endpoint-of-others': 'a wish that AWS never sees',
  'function-failed': 'Lambda takes the update, and the function still fails',
  'function-network-elsewhere': 'Lambda takes the update, which has no effect or breaks the next deployment',
  'prefix-list-not-found': 'without an id there is no rule to send',
  'public-subnets': 'Lambda takes them, and calls to the internet time out',
  'reach-blocked': 'AWS takes it, and calls time out',
  'reach-lost': 'AWS takes it, and calls time out',
  'role-trusts-edge': 'Lambda takes the update, and the next deployment of the distribution fails',
  'subnet-unusable': 'Lambda takes the update and fails later with InvalidSubnet',
  'subnets-shared-by-other-account': 'the emulator has one account',
  'vpc-encryption-enforced': 'Lambda takes the update and fails later with DisallowedByVpcEncryptionControl',
  'vpc-tenancy-dedicated': 'the emulator has no dedicated tenancy',
};

const sources = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(projectRoot, 'src', name), 'utf8'))
  .join('\n');

const ruleIds = rules.map(({ id }) => id);

describe('the refusals of AWS', () => {
  it('each cite a page of AWS, and but for those of sessions a row of the failure catalogue', () => {
    const unfounded = rows.filter(
      ({ id, row, docs }) =>
        (id in ofSessions ? row !== 0 : row < 1 || row > 100) ||
        !docs.startsWith('https://docs.aws.amazon.com/'),
    );
    expect(unfounded.map(({ id }) => id)).toEqual([]);
  });

  it('each are told by a rule or a code, kept from by the plan, or on a short list', () => {
    const lists = [told, cannotBeKnown, ofSessions].flatMap((list) => Object.keys(list));
    expect(lists.sort()).toEqual(rows.map(({ id }) => id).sort());
    expect(Object.keys(cannotBeKnown).length).toBeLessThanOrEqual(5);
  });

  it('are told by rules and codes that exist', () => {
    const all = Object.values(told);
    const named = all.flatMap((one) => ('rules' in one ? one.rules : []));
    expect(named.filter((id) => !ruleIds.includes(id))).toEqual([]);
    const codes = all.flatMap((one) => ('codes' in one ? one.codes : []));
    const known = [...codes, ...Object.values(ofSessions)];
    expect(known.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });

  it('stand behind every rule of severity error, unless AWS says nothing at that moment', () => {
    const named = Object.values(told).flatMap((one) => ('rules' in one ? one.rules : []));
    const errors = rules.filter(({ severity }) => severity === 'error').map(({ id }) => id);
    const unfounded = errors.filter((id) => !named.includes(id));
    expect(unfounded.sort()).toEqual(Object.keys(withoutRefusal).sort());
  });
});
