import type { Draft, EndpointDraft, Expectation, ServiceAim } from '../draft.js';
import { region } from '../inputs.js';
import { asksName, createdInterfaces, interfaceEndpoint } from '../services.js';
import { type Defect, forEach, isFresh } from './defect.js';

const fullName = ({ word }: ServiceAim): string =>
  `com.amazonaws.${region}.${word.replace(':interface', '')}`;

/** One of the interface services that the run makes an endpoint with the private name for. */
function oneCreated(draft: Draft): ServiceAim | undefined {
  const found = createdInterfaces(draft).filter(
    (service) => asksName(draft, service) && !service.word.includes(':'),
  );
  return found.length === 0 ? undefined : draft.random.pick(found);
}

/** An endpoint stands for a service that otherwise gets one; it is not made beside it. */
function stands(
  draft: Draft,
  owner: EndpointDraft['owner'],
  more: Partial<EndpointDraft>,
): { readonly key: string; readonly service: ServiceAim } | undefined {
  const service = oneCreated(draft);
  if (service === undefined) return undefined;
  const key = `main-${service.word}-broken`;
  interfaceEndpoint(draft, service.word, owner, { key, ...more });
  service.role = 'served';
  return { key, service };
}

function closedGroup({ vpc }: Draft): string {
  const key = 'main-closed-guard';
  if (!vpc.groups.some((group) => group.key === key)) {
    vpc.groups.push({ key, name: 'closed-guard', ingress: [{ port: 443, cidr: '10.255.0.0/16' }] });
  }
  return key;
}

function inTheWay(name: string, make: (draft: Draft) => ReturnType<typeof stands>): Defect {
  return {
    name,
    rule: 'endpoint-in-the-way',
    touches: ['endpoints'],
    inject: (draft) => {
      if (draft.aims.more['existing-endpoints'] !== undefined) return undefined;
      const made = make(draft);
      return made && [{ code: 'endpoint-in-the-way', subject: `{${made.key}}` }];
    },
  };
}

/** Services that nothing answers for where the VPC resolves no names. */
function namelessServices({ aims }: Draft): string[] {
  const gateways = aims.services.filter(({ type }) => type === 'Gateway').map(({ word }) => word);
  const asked = aims.reaches.filter((line) => /^[a-z0-9]+$/.test(line));
  return [...new Set([...gateways, ...asked])].filter(
    (word) => !aims.services.some((service) => service.type === 'Interface' && service.word === word),
  );
}

function ofOthers({ aims, vpc }: Draft): Expectation[] {
  return vpc.endpoints
    .filter(({ owner }) => owner !== 'ours')
    .filter(({ word, type }) => aims.services.some((one) => one.word === word && one.type === type))
    .map(({ key }) => ({ code: 'endpoint-of-others', subject: `{${key}}` }));
}

/** What may be wrong with endpoints. */
export const endpointDefects: readonly Defect[] = [
  {
    name: 'the VPC gives no host names',
    rule: 'vpc-dns-off',
    touches: ['dns', 'reach', 'endpoints'],
    inject: (draft) => {
      if (!draft.aims.services.some((service) => asksName(draft, service))) return undefined;
      draft.vpc.dns.hostnames = false;
      return [{ code: 'vpc-dns-off', subject: '{main}' }];
    },
  },
  {
    name: 'the VPC resolves no names',
    rule: 'vpc-dns-off',
    touches: ['dns', 'reach', 'endpoints'],
    inject: (draft) => {
      const interfaces = draft.aims.services.filter(({ type }) => type === 'Interface');
      const allNamed = interfaces.length > 0 && interfaces.every((service) => asksName(draft, service));
      if (!allNamed || draft.vpc.dnsServers.length > 0) return undefined;
      draft.vpc.dns.support = false;
      const blocked = namelessServices(draft).flatMap((word) =>
        forEach(draft.functions, 'reach-blocked', () => word),
      );
      return [{ code: 'vpc-dns-off', subject: '{main}' }, ...blocked];
    },
  },
  {
    name: 'the service is in none of the zones',
    rule: 'zone-unsupported',
    touches: ['endpoints', 'subnets'],
    inject: (draft) => {
      const service = oneCreated(draft);
      if (service === undefined) return undefined;
      draft.options = { ...draft.options, serviceZones: { [fullName(service)]: [`${region}d`] } };
      return [{ code: 'zone-unsupported', subject: fullName(service) }];
    },
  },
  {
    name: 'the service has no private name, and one is asked for',
    rule: 'service-without-private-dns',
    touches: ['endpoints'],
    inject: (draft) => {
      const service = oneCreated(draft);
      if (service === undefined) return undefined;
      // One of others that has no private name either serves by its own.
      if (draft.vpc.endpoints.some(({ word, owner }) => word === service.word && owner === 'others'))
        return undefined;
      draft.aims.more['private-dns'] = 'true';
      draft.options = { ...draft.options, servicesWithoutPrivateDns: [fullName(service)] };
      return [{ code: 'service-without-private-dns', subject: fullName(service) }];
    },
  },
  inTheWay('the groups of an endpoint of others refuse the function', (draft) =>
    stands(draft, 'others', { groups: [closedGroup(draft)] }),
  ),
  inTheWay('an endpoint of an AWS service has the private name', (draft) => stands(draft, 'service', {})),
  inTheWay('an endpoint of others with the private name is not there yet', (draft) =>
    stands(draft, 'others', { state: 'pending' }),
  ),
  {
    name: 'an endpoint of ours failed',
    rule: 'endpoint-broken',
    touches: ['endpoints'],
    inject: (draft) => {
      const state = draft.random.pick(['failed', 'rejected', 'expired']);
      const made = stands(draft, 'ours', { state });
      if (made === undefined) return undefined;
      // What does not live serves nobody, so that another one is planned.
      made.service.role = 'create';
      return [{ code: 'endpoint-broken', subject: `{${made.key}}` }];
    },
  },
  {
    name: 'an endpoint of ours waits for its acceptance',
    rule: 'endpoint-not-accepted',
    touches: ['endpoints'],
    inject: (draft) => {
      const made = stands(draft, 'ours', { state: 'pendingAcceptance' });
      return made && [{ code: 'endpoint-not-accepted', subject: `{${made.key}}` }];
    },
  },
  {
    name: 'an endpoint of ours wears five groups of others',
    rule: 'endpoint-groups-full',
    touches: ['endpoints', 'groups', 'reach'],
    inject: (draft) => {
      if (!isFresh(draft)) return undefined;
      const groups = Array.from({ length: 5 }, (_, index) => `main-guard-${index}`);
      const made = stands(draft, 'ours', { groups });
      if (made === undefined) return undefined;
      const ingress = [{ port: 443, cidr: `${draft.vpc.base}.0.0/16` }];
      draft.vpc.groups.push(...groups.map((key) => ({ key, name: key, ingress })));
      return [{ code: 'endpoint-groups-full', subject: `{${made.key}}` }];
    },
  },
  {
    name: 'endpoints of others are not to be used',
    rule: 'endpoint-of-others',
    touches: ['endpoints'],
    inject: (draft) => {
      const found = ofOthers(draft);
      if (found.length === 0 || draft.aims.more['existing-endpoints'] === 'extend') return undefined;
      draft.aims.more['existing-endpoints'] = 'fail';
      return found;
    },
  },
];
