import type { Desired, Identity } from '../../src/model/desired.js';
import type { Observed } from '../../src/model/observed.js';
import type { Change, Plan } from '../../src/model/plan.js';
import { RunError } from '../../src/model/problem.js';
import { makePlan } from '../../src/plan/make-plan.js';
import { judgeReach } from '../../src/reach/judge.js';
import { endpointUses } from '../../src/resolve/endpoint-use.js';
import { servicePaths } from '../../src/resolve/service-paths.js';
import { isCatalogueDue } from '../../src/resolve/services.js';
import { resolveTarget, type Target } from '../../src/resolve/target.js';
import { chooseVpc } from '../../src/resolve/vpc.js';
import type { Facts } from '../../src/rules/rule.js';
import { desired } from './desired.js';
import { OWNER_ID, REGION } from './ids.js';
import type { World } from './world.js';

/** Inputs in words, or what they desire. */
type Wish = Readonly<Record<string, string>> | Desired;

/** Who runs: one repository and one workflow run. */
export const identity: Identity = { owner: OWNER_ID, runId: '1001' };

const isDesired = (wish: Wish): wish is Desired => 'allow' in wish && typeof wish.allow !== 'string';

function observedOf(source: World | Observed): Observed {
  return 'observed' in source ? source.observed() : source;
}

function regionOf(observed: Observed): string {
  return observed.lambda.arn.split(':')[3] ?? REGION;
}

/** Where the inputs lead in a world. */
export function target(source: World | Observed, wish: Wish, who: Identity = identity): Target {
  const observed = observedOf(source);
  const region = regionOf(observed);
  const wanted = isDesired(wish) ? wish : desired({ 'function-name': observed.lambda.name, ...wish }, region);
  const { lambda, vpcs, subnets } = observed;
  const choice = chooseVpc(wanted, { lambda, vpcs, subnets, region });
  if ('problem' in choice) throw new RunError([choice.problem]);
  const found = resolveTarget(wanted, observed, choice.vpc, who, region);
  // A run reads the catalogue of services only where it is due.
  const zones = found.endpointSubnets.map((subnet) => subnet.zone);
  const facts = { vpcId: choice.vpc.id, region, endpoints: observed.endpoints, subnets, zones };
  const asksForService = wanted.reaches?.some(({ to }) => to.kind === 'service') === true;
  const due = asksForService || isCatalogueDue(wanted, facts);
  return due ? found : resolveTarget(wanted, { ...observed, services: undefined }, choice.vpc, who, region);
}

/** The plan for the inputs in a world. */
export function plan(source: World | Observed, wish: Wish, who: Identity = identity): Plan {
  return makePlan([target(source, wish, who)]);
}

/** What rules judge for the inputs in a world. */
export function facts(source: World | Observed, wish: Wish): Facts {
  const found = target(source, wish);
  const { changes, reach } = makePlan([found]);
  const { calls } = judgeReach(found, [found], changes);
  const services = servicePaths(found, calls);
  return { target: found, uses: endpointUses(found), changes, reach, calls, services };
}

/** One change of a plan; throws with the ids there are when it is not planned. */
export function changeOf({ changes }: Plan, id: string): Change {
  const found = changes.find((change) => change.id === id);
  if (found === undefined) throw new Error(`no ${id} among ${changes.map((change) => change.id).join(', ')}`);
  return found;
}

/** Addresses of a plan's changes, in its order. */
export function idsOf({ changes }: Plan): string[] {
  return changes.map(({ id }) => id);
}

/** Codes of a plan's findings of severity error. */
export function errorsOf({ findings }: Plan): string[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}

/** The consents a plan needs, as `allow` writes them, with a mark where they are given. */
export function consentsOf({ consents }: Plan): string[] {
  return consents.map(
    ({ kind, object, given }) => `${kind}${object ? `:${object}` : ''}${given ? ' (given)' : ''}`,
  );
}
