import { TO_INTERNET } from '../aims.js';
import { cidrOf, type Draft, subnetOf, zonesOf } from '../draft.js';
import { DATABASE, plainGroup } from '../past.js';
import { type Defect, forEach, ifAny, isFresh, unreached } from './defect.js';

/** Services of the catalogue that no healthy world asks for. */
const REMOTE = ['athena', 'kinesis-streams'];

/** Words of the interface services that have an interface in another subnet than the one given. */
function servedElsewhere({ aims, vpc }: Draft, key: string): string[] {
  const extends_ = aims.more['existing-endpoints'] === 'extend';
  return aims.services
    .filter(({ word, type, role }) => {
      if (type !== 'Interface') return false;
      const standing = vpc.endpoints.find((one) => one.word === word && one.privateDns);
      // Ours and extended ones get a subnet in each zone, as new ones do.
      if (role === 'create' || standing === undefined || standing.owner === 'ours' || extends_) return true;
      return standing.subnets.some((subnet) => subnet !== key);
    })
    .map(({ word }) => word);
}

function denyInside(draft: Draft, key: string): void {
  const acl = {
    key: `main-acl-denying-${key}`,
    denies: [{ egress: true, port: 443, cidr: cidrOf(draft.vpc) }],
  };
  draft.vpc.acls.push(acl);
  subnetOf(draft, key).acl = acl.key;
}

function wantsService(rule: string, name: string): Defect {
  return {
    name,
    rule,
    touches: ['reach', 'groups', 'subnets'],
    inject: (draft) => {
      const word = draft.random.pick(REMOTE);
      const found = ifAny(rule, unreached(draft, word));
      if (found) draft.aims.reaches.push(word);
      return found;
    },
  };
}

/** What may be wrong with what the function reaches, and with the rules it asks for. */
export const reachDefects: readonly Defect[] = [
  {
    name: 'the network ACL of a subnet denies HTTPS inside the VPC',
    rule: 'reach-blocked',
    touches: ['reach', 'acl', 'endpoints', 'subnets', 'dns'],
    inject: (draft) => {
      const { aims, functions, random, vpc } = draft;
      const key = random.pick(aims.subnets.keys);
      const words = servedElsewhere(draft, key);
      const isSpread = zonesOf(draft, aims.subnets.keys).length > 1;
      if (!isSpread || words.length === 0 || !isFresh(draft) || vpc.dnsServers.length > 0) return undefined;
      denyInside(draft, key);
      return words.flatMap((word) => forEach(functions, 'reach-blocked', () => word));
    },
  },
  {
    name: 'the internet is asked for where no way leads out',
    rule: 'reach-blocked',
    touches: ['reach', 'groups', 'subnets'],
    inject: (draft) => {
      // A loss of the internet is a consent instead.
      const found = unreached(draft, 'tcp 443 internet').filter(({ code }) => code === 'reach-blocked');
      if (found.length === 0) return undefined;
      draft.aims.reaches.push('tcp 443 internet');
      return found;
    },
  },
  {
    name: 'a group of others does not admit what is asked for',
    rule: 'reach-blocked',
    touches: ['reach', 'groups'],
    inject: ({ aims, functions, random, vpc }) => {
      const key = 'main-closed';
      vpc.groups.push({ key, name: 'closed', ingress: [] });
      vpc.interfaces.push({ key: 'closed-interface', subnet: random.pick(vpc.subnets).key, groups: [key] });
      aims.reaches.push(`tcp 5432 {${key}}`);
      if (random.chance(0.5)) aims.egress.push(`tcp 5432 {${key}}`);
      return forEach(functions, 'reach-blocked', () => `tcp 5432 {${key}}`);
    },
  },
  wantsService('reach-blocked', 'a service is asked for that no way leads to'),
  wantsService('reach-lost', 'a service is asked for that is reached today and not after the move'),
  {
    name: 'a database is asked for that only the group left behind may open',
    rule: 'reach-lost',
    touches: ['reach', 'groups', 'subnets'],
    inject: (draft) => {
      const { aims, functions, vpc } = draft;
      const has = vpc.groups.some(({ key, ingress }) => key === DATABASE && ingress.length > 0);
      const isHere = functions.some(({ today }) => today?.vpc === vpc.key);
      if (!has || !isHere || aims.egress.some((line) => line.includes(DATABASE))) return undefined;
      const question = `tcp 5432 {${DATABASE}}`;
      const keepsInternet = aims.reaches.some((line) => ['tcp 443 internet', 'lambda'].includes(line));
      if (keepsInternet && !aims.egress.includes(TO_INTERNET)) return undefined;
      aims.groups = ['managed'];
      aims.reaches.push(question);
      return functions.map(({ name, today }) => {
        const code = today?.vpc === vpc.key ? 'reach-lost' : 'reach-blocked';
        return { code, subject: question, functionName: name };
      });
    },
  },
  {
    name: 'a rule is asked for towards a service without a prefix list',
    rule: 'prefix-list-not-found',
    touches: ['reach', 'groups', 'subnets'],
    inject: (draft) => {
      const [word = ''] = REMOTE;
      draft.aims.egress.push(draft.random.chance(0.5) ? `tcp 443 ${word}` : `tcp 443-444 ${word}`);
      return [{ code: 'prefix-list-not-found', subject: word }];
    },
  },
  {
    name: 'rules are asked for a group that the function does not wear',
    rule: 'egress-without-managed',
    touches: ['reach', 'groups', 'addresses'],
    inject: (draft) => {
      const { aims, functions } = draft;
      if (aims.egress.length === 0 || aims.grants.length > 0) return undefined;
      aims.groups = [plainGroup(draft)];
      // Our endpoints would admit the managed group alone.
      if (aims.more['endpoint-access'] === 'function') aims.more['endpoint-access'] = 'vpc';
      const [first] = functions;
      const subject = functions.length > 1 ? (aims.more['resource-name'] ?? '') : (first?.name ?? '');
      return [{ code: 'egress-without-managed', subject }];
    },
  },
];
