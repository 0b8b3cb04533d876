/**
 * Why a packet is stopped. Where AWS has a code for it, it is the code of Reachability Analyzer, with AWS's meaning
 * (vpc/latest/reachability/explanation-codes.html); the others are of this engine.
 */
export const blockCodes = {
  BAD_STATE: { aws: true, meaning: 'The component is not in a functional state.' },
  BAD_STATE_ROUTE: { aws: true, meaning: 'The route is a blackhole.' },
  ENI_SG_RULES_MISMATCH: { aws: true, meaning: 'No rule of the security groups applies.' },
  SG_HAS_NO_RULES: { aws: true, meaning: 'The security groups have no rules in this direction.' },
  SUBNET_ACL_RESTRICTION: { aws: true, meaning: 'The network ACL of the subnet does not admit it.' },
  NO_ROUTE_TO_DESTINATION: { aws: true, meaning: 'The route table has no route to the destination.' },
  NO_POSSIBLE_DESTINATION: { aws: true, meaning: 'No subnet of the VPC holds the destination address.' },
  NO_SOURCE_OR_DESTINATION: { aws: true, meaning: 'The destination does not exist.' },
  IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS: {
    aws: true,
    meaning: 'The source address has no public address, so the internet gateway drops the packet.',
  },
  IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS: {
    aws: true,
    meaning: 'Internet gateways reject private destination addresses.',
  },
  IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS: {
    aws: true,
    meaning: 'Internet gateways reject shared destination addresses.',
  },
  VPC_BLOCK_PUBLIC_ACCESS_ENABLED: { aws: true, meaning: 'VPC Block Public Access stops internet traffic.' },
  VPCE_GATEWAY_PROTOCOL_RESTRICTION: { aws: true, meaning: 'Gateway endpoints accept TCP, not UDP.' },
  DNS_SUPPORT_OFF: { aws: false, meaning: 'Amazon DNS does not answer: enableDnsSupport is off.' },
  DNS_HOSTNAMES_OFF: {
    aws: false,
    meaning: 'Private DNS names need enableDnsHostnames, so the name does not lead to its endpoint.',
  },
  PRIVATE_DNS_OFF: {
    aws: false,
    meaning: 'The name does not lead to it: its private DNS is off for the VPC.',
  },
  NAME_NOT_COVERED: {
    aws: false,
    meaning: 'The global name does not lead to the endpoint, which answers for the regional name.',
  },
  ENDPOINT_HAS_NO_SUBNET: { aws: false, meaning: 'The endpoint has no interface in any subnet.' },
  ENDPOINT_FAMILY_MISMATCH: { aws: false, meaning: 'The endpoint has no address of this family.' },
  FUNCTION_IPV6_OFF: { aws: false, meaning: 'The function may not use IPv6.' },
  SUBNET_FAMILY_MISMATCH: { aws: false, meaning: 'The subnet has no addresses of this family.' },
} as const satisfies Record<string, { readonly aws: boolean; readonly meaning: string }>;

/** A key of {@link blockCodes}. */
export type BlockCode = keyof typeof blockCodes;

/** Why a judgement cannot be made. The codes of AWS are those of the page named at {@link blockCodes}. */
export const unknownCodes = {
  UNKNOWN_RESOURCE: { aws: true, meaning: 'It is referred to, but not described.' },
  UNKNOWN_DESTINATION: { aws: true, meaning: 'No interface at the destination address is described.' },
  LEAVES_SIGHT: { aws: false, meaning: 'The route leads where this engine cannot look.' },
  AMBIGUOUS_ROUTE: { aws: false, meaning: 'Two prefix lists route the address to different targets.' },
  ROUTE_STATE: { aws: false, meaning: 'Whether the route is in effect is not known.' },
  PUBLIC_ACCESS_MODE: {
    aws: false,
    meaning: 'What this mode of VPC Block Public Access stops is not known.',
  },
  CUSTOM_DNS: { aws: false, meaning: 'A custom DNS server answers, and its possible answers lead apart.' },
  IPV6_INTERNET_GATEWAY: { aws: false, meaning: 'Whether a function uses an internet gateway over IPv6.' },
} as const satisfies Record<string, { readonly aws: boolean; readonly meaning: string }>;

/** A key of {@link unknownCodes}. */
export type UnknownCode = keyof typeof unknownCodes;
