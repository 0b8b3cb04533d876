import { TO_INTERNET } from '../aims.js';
import { type Draft, keysOf, type SubnetDraft, subnetOf } from '../draft.js';
import { type Defect, forEach, isFresh } from './defect.js';

const main = '{main}';
const OTHER_ACCOUNT = '999999999999';

/** Whether the subnets are named, so that they are taken whatever they are like. */
const isNamed = ({ aims }: Draft): boolean => aims.subnets.how !== 'private';

/** A chosen subnet shows what no function can use. */
function unusable(name: string, shown: SubnetDraft['shown']): Defect {
  return {
    name,
    rule: 'subnet-unusable',
    touches: ['subnets'],
    inject: (draft) => {
      if (!isNamed(draft)) return undefined;
      const key = draft.random.pick(draft.aims.subnets.keys);
      Object.assign(subnetOf(draft, key).shown, shown);
      return forEach(draft.functions, 'subnet-unusable', () => `{${key}}`);
    },
  };
}

function choosePublic(draft: Draft): boolean {
  const { aims, vpc } = draft;
  const keys = keysOf(vpc, 'public');
  const isSimple = aims.services.every(({ role, type }) => role === 'create' && type === 'Interface');
  const isAgreed = aims.grants.includes('public-subnets');
  if (keys.length === 0 || isAgreed || !isFresh(draft) || !isSimple || aims.endpointSubnets) return false;
  aims.subnets = { how: 'ids', keys };
  const kept = aims.egress.filter((line) => line !== TO_INTERNET);
  aims.egress.splice(0, aims.egress.length, ...kept);
  aims.reaches.length = 0;
  return true;
}

function addSubnets({ vpc }: Draft, least: number): void {
  const [first] = vpc.subnets;
  for (let count = keysOf(vpc, 'app').length; first && count < least; count += 1) {
    const index = vpc.subnets.length;
    const cidr = `${vpc.base}.${index * 8}.0/24`;
    const zone = 'abc'[index % 3] ?? 'a';
    vpc.subnets.push({ ...first, key: `main-app-${index}`, cidr, zone, acl: undefined, shown: {} });
  }
}

/** What may be wrong with the subnets and the VPC. */
export const networkDefects: readonly Defect[] = [
  {
    name: 'a function is to leave its VPC, and nobody says for which subnets',
    rule: 'nothing-selected',
    touches: ['subnets', 'reach', 'endpoints', 'groups', 'ipv6', 'addresses', 'acl'],
    inject: ({ aims, functions, vpc }) => {
      const [only] = functions;
      if (functions.length > 1 || only?.today === undefined || only.today.vpc === vpc.key) return undefined;
      aims.subnets = { how: 'today', keys: [] };
      aims.services = [];
      aims.endpointSubnets = undefined;
      aims.reaches.length = 0;
      aims.egress.length = 0;
      return forEach(functions, 'nothing-selected', () => main);
    },
  },
  {
    name: 'only public subnets are chosen',
    rule: 'public-subnets',
    touches: ['subnets', 'reach', 'acl'],
    inject: (draft) => {
      if (!choosePublic(draft)) return undefined;
      const subject = draft.aims.subnets.keys.map((key) => `{${key}}`).join(', ');
      return [{ code: 'public-subnets', subject }];
    },
  },
  unusable('a subnet is not available yet', { state: 'pending' }),
  unusable('a subnet has IPv6 addresses only', { ipv6Native: true }),
  unusable('a subnet is on an Outpost', {
    outpostArn: 'arn:aws:outposts:us-east-1:123456789012:outpost/op-0123456789abcdef0',
  }),
  {
    name: 'seventeen subnets',
    rule: 'too-many-subnets-or-groups',
    touches: ['subnets', 'reach', 'endpoints', 'acl'],
    inject: (draft) => {
      if (!['tag', 'name'].includes(draft.aims.subnets.how)) return undefined;
      addSubnets(draft, 17);
      draft.aims.subnets = { ...draft.aims.subnets, how: 'tag', keys: keysOf(draft.vpc, 'app') };
      return forEach(draft.functions, 'too-many-subnets-or-groups', () => main);
    },
  },
  {
    name: 'six security groups',
    rule: 'too-many-subnets-or-groups',
    touches: ['groups', 'reach'],
    inject: ({ aims, functions, vpc }) => {
      const keys = Array.from({ length: 5 }, (_, index) => `main-extra-${index}`);
      vpc.groups.push(...keys.map((key) => ({ key, name: key, ingress: [] })));
      aims.groups = [...keys, 'managed'];
      return forEach(functions, 'too-many-subnets-or-groups', ({ name }) => name);
    },
  },
  {
    name: 'the VPC has dedicated tenancy',
    rule: 'vpc-tenancy-dedicated',
    touches: ['tenancy'],
    inject: ({ vpc }) => {
      vpc.tenancy = 'dedicated';
      return [{ code: 'vpc-tenancy-dedicated', subject: main }];
    },
  },
  {
    name: 'the VPC enforces encryption',
    rule: 'vpc-encryption-enforced',
    touches: ['encryption'],
    inject: ({ vpc }) => {
      vpc.shown = { encryptionControl: { mode: 'enforce', state: 'available' } };
      return [{ code: 'vpc-encryption-enforced', subject: main }];
    },
  },
  {
    name: 'a subnet has no free address',
    rule: 'subnet-free-addresses',
    touches: ['addresses', 'subnets', 'groups'],
    inject: (draft) => {
      const small = draft.aims.subnets.keys.filter((key) => /\/2[67]$/.test(subnetOf(draft, key).cidr));
      const [key] = small;
      if (key === undefined) return undefined;
      subnetOf(draft, key).free = 0;
      return [{ code: 'subnet-free-addresses', subject: `{${key}}` }];
    },
  },
  {
    name: 'IPv6 is asked for in subnets without it',
    rule: 'subnets-not-dual-stack',
    touches: ['ipv6', 'subnets'],
    inject: (draft) => {
      const narrow = draft.vpc.ipv6 ? [draft.random.pick(draft.aims.subnets.keys)] : draft.aims.subnets.keys;
      for (const key of narrow) subnetOf(draft, key).ipv6 = false;
      draft.aims.more.ipv6 = 'true';
      const subject = narrow.map((key) => `{${key}}`).join(', ');
      return forEach(draft.functions, 'subnets-not-dual-stack', () => subject);
    },
  },
  {
    name: 'the subnets are shared by another account, where endpoints are to be made',
    rule: 'subnets-shared-by-other-account',
    touches: ['subnets', 'endpoints'],
    inject: (draft) => {
      const { aims } = draft;
      if (!isNamed(draft) || !aims.services.some(({ role }) => role === 'create')) return undefined;
      for (const key of aims.subnets.keys) subnetOf(draft, key).shown.ownerId = OTHER_ACCOUNT;
      return [{ code: 'subnets-shared-by-other-account', subject: main }];
    },
  },
];
