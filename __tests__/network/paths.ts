/** The ways through the town, as the tables write them. */
export const toDatabase = 'reachable sg-fn acl-fn rtb-fn acl-db sg-db eni-db';
export const viaEndpoint = 'reachable sg-fn acl-fn rtb-fn acl-ep sg-ep vpce-ssm';
export const viaGateway = 'reachable sg-fn acl-fn rtb-fn vpce-s3';
export const viaNat = 'reachable sg-fn acl-fn rtb-fn acl-nat nat-1 acl-nat rtb-nat igw-1';
export const viaEgressOnly = 'reachable sg-fn acl-fn rtb-fn eigw-1';
