import type { TestBed } from '../../support/test-bed.js';
import type { CaseStudy } from '../../support/worlds/case-study.js';
import { addSecurityGroup } from '../../support/worlds/world.js';

/** Where a case plays: the case study's world, and one security group in its VPC. */
export interface Stage {
  readonly bed: TestBed;
  readonly world: CaseStudy;
  readonly groupId: string;
}

/** One row of the refusals, seen from outside. */
export interface RefusalCase {
  /** The row's id. */
  readonly id: string;
  /** The error's code, as the SDK names it. */
  readonly code: string;
  /** What AWS says, where the wording is worth a check. */
  readonly message?: RegExp;
  /** True where the refusal comes only after what is accepted: a quota. */
  readonly limit?: boolean;
  /** Changes the world before all three calls. */
  readonly given?: (stage: Stage) => Promise<unknown>;
  /** A call that AWS refuses. */
  readonly refused: (stage: Stage) => Promise<unknown>;
  /** The like of it that AWS accepts. */
  readonly accepted: (stage: Stage) => Promise<unknown>;
}

/** The stage of one test. */
export async function stageOf(bed: TestBed, world: CaseStudy): Promise<Stage> {
  return {
    bed,
    world,
    groupId: await addSecurityGroup(bed.direct, { vpcId: world.vpcId, name: 'endpoints' }),
  };
}

/** An interface endpoint for a service (`logs` by default) in the world's subnets, through the proxy. */
export function createInterface(stage: Stage, changes: Record<string, unknown> = {}): Promise<unknown> {
  const { bed, world, groupId } = stage;
  return bed.through.ec2.createVpcEndpoint({
    VpcId: world.vpcId,
    ServiceName: 'com.amazonaws.us-east-2.logs',
    VpcEndpointType: 'Interface',
    SubnetIds: [...world.subnetIds],
    SecurityGroupIds: [groupId],
    ...changes,
  });
}

/** A gateway endpoint for S3 on the world's route table, through the proxy. */
export function createGateway(
  { bed, world }: Stage,
  changes: Record<string, unknown> = {},
): Promise<unknown> {
  return bed.through.ec2.createVpcEndpoint({
    VpcId: world.vpcId,
    ServiceName: 'com.amazonaws.us-east-2.s3',
    VpcEndpointType: 'Gateway',
    RouteTableIds: [world.routeTableId],
    ...changes,
  });
}

/** Moves the world's function into subnets (its own by default), through the proxy. */
export function update(
  stage: Stage,
  config: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<unknown> {
  const { bed, world, groupId } = stage;
  return bed.through.lambda.updateFunctionConfiguration({
    FunctionName: world.functionName,
    VpcConfig: { SubnetIds: [...world.subnetIds], SecurityGroupIds: [groupId], ...config },
    ...more,
  });
}
