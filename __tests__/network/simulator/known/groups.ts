import { ruleFor } from '../../fuzz/draft.js';
import { ask, type KnownAnswer, ssmOf, the } from './world.js';

const rules = 'vpc/latest/userguide/security-group-rules.html';
const groups = 'vpc/latest/userguide/vpc-security-groups.html';
const codes = 'vpc/latest/reachability/explanation-codes.html';

/** Known answers about security groups. */
export const groupAnswers: readonly KnownAnswer[] = [
  {
    name: 'a group without outbound rules lets nothing out',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [];
    },
    ask: ask.database,
    answer: ['blocked SG_HAS_NO_RULES security-group sg-fn - request'],
  },
  {
    name: 'a new group lets nothing in',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-db').ingress = [];
    },
    ask: ask.database,
    answer: ['blocked SG_HAS_NO_RULES security-group sg-db - request'],
  },
  {
    name: 'rules that do not match are a mismatch',
    page: codes,
    change: ({ network }) => {
      the(network.groups, 'sg-db').ingress = [ruleFor('cidr', '10.0.9.0/24', 'tcp', 5432)];
    },
    ask: ask.database,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-db - request'],
  },
  {
    name: 'groups are stateful: the answer needs no rule',
    page: groups,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').ingress = [];
      the(network.groups, 'sg-db').egress = [];
    },
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'the rules of several groups are one set',
    page: rules,
    change: ({ network, place }) => {
      the(network.groups, 'sg-fn').egress = [];
      network.groups.push({ id: 'sg-also', ingress: [], egress: [ruleFor('cidr', '10.0.0.0/16')] });
      place.groupIds.push('sg-also');
    },
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'a rule may name the group that the other end wears',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('group', 'sg-db', 'tcp', 5432)];
    },
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'a rule for another group does not admit',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('group', 'sg-ssm', 'tcp', 5432)];
    },
    ask: ask.database,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-fn - request'],
  },
  {
    name: 'a rule for a group admits its interfaces by address too',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('group', 'sg-db', 'tcp', 5432)];
    },
    ask: ask.databaseAddress,
    answer: ['reachable'],
  },
  {
    name: 'a rule for a group does not admit the internet',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('group', 'sg-db')];
    },
    ask: ask.internet,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-fn - request'],
  },
  {
    name: 'a rule may name the prefix list of a service',
    page: 'vpc/latest/privatelink/vpc-endpoints-s3.html',
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('prefix-list', 'pl-s3', 'tcp', 443)];
    },
    ask: ask.s3,
    answer: ['reachable'],
  },
  {
    name: 'a prefix list admits no more than it holds',
    page: 'vpc/latest/userguide/managed-prefix-lists.html',
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('prefix-list', 'pl-s3', 'tcp', 443)];
    },
    ask: ask.internet,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-fn - request'],
  },
  {
    name: 'a rule for UDP does not admit TCP',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('cidr', '0.0.0.0/0', 'udp', 5432)];
    },
    ask: ask.database,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-fn - request'],
  },
  {
    name: 'a rule for another port does not admit',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-db').ingress = [ruleFor('group', 'sg-fn', 'tcp', 5433)];
    },
    ask: ask.database,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-db - request'],
  },
  {
    name: 'all protocols mean all ports',
    page: 'AWSEC2/latest/APIReference/API_IpPermission.html',
    change: ({ network }) => {
      the(network.groups, 'sg-db').ingress = [ruleFor('group', 'sg-fn', '-1', 80)];
    },
    ask: ask.database,
    answer: ['reachable'],
  },
  {
    name: 'an IPv4 rule admits no IPv6',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('cidr', '0.0.0.0/0')];
    },
    ask: ask.databaseBySix,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-fn - request'],
  },
  {
    name: 'a rule for a group admits both families',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-fn').egress = [ruleFor('group', 'sg-db')];
    },
    ask: ask.databaseBySix,
    answer: ['reachable'],
  },
  {
    name: 'the group of an interface endpoint must let 443 in',
    page: 'vpc/latest/privatelink/create-interface-endpoint.html',
    change: ({ network }) => {
      the(network.groups, 'sg-ssm').ingress = [];
    },
    ask: ask.ssm,
    answer: ['blocked SG_HAS_NO_RULES security-group sg-ssm - request'],
  },
  {
    name: 'half of the function subnet is not all of it',
    page: rules,
    change: ({ network }) => {
      the(network.groups, 'sg-ssm').ingress = [ruleFor('cidr', '10.0.1.0/25', 'tcp', 443)];
    },
    ask: ask.ssm,
    answer: ['blocked ENI_SG_RULES_MISMATCH security-group sg-ssm - request'],
  },
  {
    name: 'groups cannot block queries to Amazon DNS',
    page: rules,
    change: (world) => {
      the(world.network.groups, 'sg-fn').egress = [ruleFor('group', 'sg-ssm', 'tcp', 443)];
      ssmOf(world).policy = 'full';
    },
    ask: ask.ssm,
    answer: ['reachable'],
  },
  {
    name: 'nothing wears the group',
    page: codes,
    change: ({ network }) => {
      network.interfaces = [];
    },
    ask: ask.database,
    answer: ['blocked NO_SOURCE_OR_DESTINATION security-group sg-db - request'],
  },
];
