import type { Desired, Selector } from '../model/desired.js';
import type { LambdaFunction, LeftOut, Subnet, Vpc } from '../model/observed.js';
import type { Problem } from '../model/problem.js';
import { listed, someOf, sortedSet } from '../text/words.js';
import { picks, selectorText } from './match.js';

/** The VPC a run is about, or why it cannot be told. */
export type VpcChoice = { readonly vpc: Vpc } | { readonly problem: Problem };

/** What the choice for one function is made from: all of it is read in the first wave. */
export interface VpcFacts {
  readonly lambda: LambdaFunction;
  readonly vpcs: readonly Vpc[];
  readonly subnets: readonly Subnet[];
  readonly region: string;
}

const vpcLabel = (vpc: Vpc): string => (vpc.name ? `${vpc.id} (${vpc.name})` : vpc.id);

function onlyOne(found: readonly Vpc[], what: string, region: string): VpcChoice {
  const [vpc] = found;
  if (vpc !== undefined && found.length === 1) return { vpc };
  if (vpc === undefined) {
    return {
      problem: {
        code: 'vpc-not-found',
        message: `No VPC in ${region} matches ${what}.`,
        remedy: 'Check the id or tag, and that aws-region is the region of the VPC.',
      },
    };
  }
  return {
    problem: {
      code: 'vpc-ambiguous',
      message: `${found.length} VPCs match ${what}: ${listed(found.map(vpcLabel))}.`,
      remedy: `Add \`vpc: ${vpc.id}\`, or the id of another of them.`,
    },
  };
}

/** The VPC a function is in today, by its subnets: they say it on every AWS and emulator alike. */
export function vpcOfFunction(lambda: LambdaFunction, subnets: readonly Subnet[]): string | undefined {
  return subnets.find((subnet) => lambda.network.subnetIds.includes(subnet.id))?.vpcId;
}

function bySubnets(selectors: readonly Selector[], facts: VpcFacts): VpcChoice {
  const chosen = selectors.filter((selector) => selector.kind !== 'private');
  const matched = facts.subnets.filter((subnet) => chosen.some((selector) => picks(selector, subnet)));
  const text = listed(selectors.map(selectorText));
  if (chosen.length === 0) return onlyOne(facts.vpcs, `\`subnets: ${text}\``, facts.region);
  if (matched.length === 0) {
    return {
      problem: {
        code: 'subnets-not-found',
        message: `No subnet in ${facts.region} matches ${text}.`,
        remedy: 'Check the ids or tags, and that aws-region is the region of the subnets.',
      },
    };
  }
  const ids = sortedSet(matched.map((subnet) => subnet.vpcId));
  if (ids.length > 1) {
    const where = ids.map((id) => {
      const own = matched.filter((subnet) => subnet.vpcId === id).map((subnet) => subnet.id);
      return `${listed(own)} in ${id}`;
    });
    return {
      problem: {
        code: 'subnets-of-different-vpcs',
        message: `The subnets are of different VPCs: ${listed(where)}.`,
        // What is named by its id is not left out by another input.
        remedy: chosen.some(({ kind }) => kind === 'id')
          ? 'List subnets of one VPC.'
          : `Add \`vpc: ${ids[0]}\`, or list subnets of one VPC.`,
      },
    };
  }
  return onlyOne(
    facts.vpcs.filter((vpc) => vpc.id === ids[0]),
    text,
    facts.region,
  );
}

/** Chooses a function's VPC: the one given, else the function's, else the one of the subnets. */
export function chooseVpc(desired: Desired, facts: VpcFacts): VpcChoice {
  const { vpc: selector, subnets } = desired;
  if (selector) {
    const found = facts.vpcs.filter((vpc) => picks(selector, vpc));
    return onlyOne(found, `\`vpc: ${selectorText(selector)}\``, facts.region);
  }
  const current = vpcOfFunction(facts.lambda, facts.subnets);
  const own = facts.vpcs.find((vpc) => vpc.id === current);
  if (own) return { vpc: own };
  if (subnets) return bySubnets(subnets, facts);
  return {
    problem: {
      code: 'subnets-missing',
      message:
        facts.lambda.network.subnetIds.length > 0
          ? `The subnets of function ${facts.lambda.name} do not exist any more (${listed(facts.lambda.network.subnetIds)}), and the input subnets is empty.`
          : `Function ${facts.lambda.name} is in no VPC, and the input subnets is empty.`,
      remedy: 'Add `subnets: private`, `subnets: tag:<Key>=<Value>` or the ids of the subnets.',
    },
  };
}

/** The one VPC of several functions, and those for which none can be told; or why there is no one VPC. */
export type CommonVpc =
  | { readonly vpc: Vpc; readonly lambdas: readonly LambdaFunction[]; readonly leftOut: readonly LeftOut[] }
  | { readonly problems: readonly Problem[] };

function differentVpcs(choices: readonly { readonly lambda: LambdaFunction; readonly vpc: Vpc }[]): Problem {
  const ids = sortedSet(choices.map(({ vpc }) => vpc.id));
  const where = ids.map((id) => {
    const names = choices.filter(({ vpc }) => vpc.id === id).map(({ lambda }) => lambda.name);
    return `${someOf(names)} in ${id}`;
  });
  return {
    code: 'functions-of-different-vpcs',
    message: `The functions are of different VPCs: ${listed(where)}.`,
    remedy: `Write one step for each VPC, or add \`vpc: ${ids[0]}\` to move them all into one.`,
  };
}

/** Chooses the one VPC of all functions; a function whose VPC cannot be told only stops itself. */
export function chooseCommonVpc(
  desired: Desired,
  lambdas: readonly LambdaFunction[],
  facts: Omit<VpcFacts, 'lambda'>,
): CommonVpc {
  const choices = lambdas.map((lambda) => ({ lambda, choice: chooseVpc(desired, { ...facts, lambda }) }));
  const told = choices.flatMap(({ lambda, choice }) =>
    'vpc' in choice ? [{ lambda, vpc: choice.vpc }] : [],
  );
  const leftOut = choices.flatMap(({ lambda, choice }) =>
    'vpc' in choice ? [] : [{ functionName: lambda.name, problem: choice.problem }],
  );
  const [first] = told;
  if (first === undefined) {
    return { problems: [...new Map(leftOut.map(({ problem }) => [problem.message, problem])).values()] };
  }
  if (told.some(({ vpc }) => vpc.id !== first.vpc.id)) return { problems: [differentVpcs(told)] };
  return { vpc: first.vpc, lambdas: told.map(({ lambda }) => lambda), leftOut };
}
