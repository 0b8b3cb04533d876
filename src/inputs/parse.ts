import type { FunctionReference, Inputs, RoleInputs } from '../model/desired.js';
import { type Problem, RunError } from '../model/problem.js';
import { isDocument, type ReadFile } from './endpoint-policy.js';
import { grammar, type InputName, type InputValue } from './grammar.js';
import { judgeNames, variableOf } from './names.js';
import { type Complaint, inputProblems } from './problems.js';
import { isService } from './services.js';
import { shownText } from './shown.js';

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Parsed inputs, and what the user should hear about them. */
export interface ParsedInputs {
  readonly inputs: Inputs;
  readonly warnings: readonly Problem[];
}

const names = Object.keys(grammar) as InputName[];

class Reader {
  readonly problems: Problem[] = [];

  constructor(
    private readonly env: Env,
    private readonly readFile: ReadFile,
  ) {}

  /** The trimmed text of an input; a missing one, an empty one and one of white space are the same. */
  text(name: InputName): string {
    return (this.env[variableOf(name)] ?? '').trim();
  }

  read<N extends InputName>(name: N): InputValue<N> | undefined {
    const row: { fallback?: string } = grammar[name];
    const text = this.text(name) || row.fallback;
    return text === undefined ? undefined : this.parse(name, text);
  }

  /** Reads `endpoint-policy`. What a file says is never shown: the path may lead to another one than was meant. */
  endpointPolicy(): string | undefined {
    const name = 'endpoint-policy';
    const text = this.text(name);
    if (text === '' || isDocument(text)) return this.read(name);
    const file = this.readFile(text);
    if (file !== undefined) return this.parse(name, file, text);
    this.problems.push({
      code: 'invalid-input',
      message: `Input ${name}: \`${shownText(text)}\` is not JSON, and no file of that path can be read in the checked-out repository.`,
      remedy: 'Add a step with `actions/checkout` before this one, or correct the path.',
    });
    return undefined;
  }

  /** Parses a text as this input, wherever it comes from; messages show it, or what is to be shown instead. */
  parse<N extends InputName>(name: N, text: string, shown?: string): InputValue<N> | undefined {
    const row: { grammar: string; parse: unknown } = grammar[name];
    const complaints: Complaint[] = [];
    const complain = (complaint: Complaint) => {
      complaints.push(shown === undefined ? complaint : { ...complaint, value: shown });
    };
    const parse = row.parse as (
      text: string,
      complain: (complaint: Complaint) => void,
    ) => InputValue<N> | undefined;
    const value = parse(text, complain);
    this.problems.push(...inputProblems(name, row.grammar, complaints));
    return value;
  }
}

function requireFunction(reader: Reader, functions: readonly FunctionReference[]): void {
  if (reader.text('function-name') === '') {
    reader.problems.push({
      code: 'invalid-input',
      message: 'Input function-name is missing.',
      remedy: 'Add `function-name: <name or ARN of the function>` to the step.',
    });
  } else if (functions.length > 1 && reader.text('resource-name') === '') {
    reader.problems.push({
      code: 'invalid-input',
      message: `Input resource-name is missing: ${functions.length} functions share one security group, which needs a name.`,
      remedy: 'Add `resource-name: <name>` to the step.',
    });
  }
}

function chooseRegion(reader: Reader, env: Env, arnRegion: string | undefined): string {
  const written = reader.text('aws-region') || env.AWS_REGION?.trim() || env.AWS_DEFAULT_REGION?.trim();
  const given = written ? reader.parse('aws-region', written) : arnRegion;
  if (written && given === undefined) return '';
  if (given === undefined) {
    reader.problems.push({
      code: 'invalid-input',
      message: 'The region is unknown: aws-region and AWS_REGION are empty and function-name is no ARN.',
      remedy: 'Add `aws-region: <region>` to the step.',
    });
  } else if (arnRegion !== undefined && arnRegion !== given && reader.text('function-name') !== '') {
    reader.problems.push({
      code: 'invalid-input',
      message: `The function's ARN is of region ${arnRegion}, but the run is set to ${given}.`,
      remedy: `Write \`aws-region: ${arnRegion}\`, or the ARN of a function in ${given}.`,
    });
  }
  return given ?? '';
}

function readDesired(reader: Reader): Inputs['desired'] & { readonly arnRegion: string | undefined } {
  const functions = reader.read('function-name') ?? [];
  const privateDns = reader.read('private-dns');
  const ipv6 = reader.read('ipv6');
  const endpoints = reader.read('endpoints');
  return {
    functions: functions.map(({ name, arn }) => ({ name, arn })),
    arnRegion: functions.find(({ region }) => region !== undefined)?.region,
    resourceName: reader.read('resource-name'),
    vpc: reader.read('vpc'),
    subnets: reader.read('subnets'),
    securityGroups: reader.read('security-groups'),
    egress: reader.read('egress'),
    endpoints: endpoints?.filter(isService),
    autoEndpoints: endpoints?.some((wish) => !isService(wish)) ?? false,
    endpointSubnets: reader.read('endpoint-subnets'),
    endpointAccess: reader.read('endpoint-access') ?? 'vpc',
    endpointPolicy: reader.endpointPolicy(),
    existingEndpoints: reader.read('existing-endpoints') ?? 'reuse',
    privateDns: privateDns === undefined ? undefined : privateDns === 'true',
    ipv6: ipv6 === undefined ? undefined : ipv6 === 'true',
    iamPolicy: reader.read('iam-policy') ?? 'managed',
    hardenRole: reader.read('harden-role') === 'true',
    reaches: reader.read('reaches'),
    allow: reader.read('allow') ?? [],
    tags: reader.read('tags') ?? {},
    allowedAccountIds: reader.read('allowed-account-ids'),
  };
}

function readRoles(reader: Reader): RoleInputs {
  return {
    role: reader.read('role-to-assume'),
    planRole: reader.read('plan-role-to-assume'),
    sessionName: reader.read('role-session-name'),
    duration: reader.read('role-duration-seconds') ?? 3600,
    audience: reader.read('audience'),
  };
}

/**
 * Reads the inputs a runner hands over in `INPUT_*` variables, and the file that one of them may name.
 * Throws a {@link RunError} that holds every problem there is; nothing is sent to AWS before.
 */
export function parseInputs(env: Env, readFile: ReadFile = () => undefined): ParsedInputs {
  const reader = new Reader(env, readFile);
  const { arnRegion, ...desired } = readDesired(reader);
  requireFunction(reader, desired.functions);
  const region = chooseRegion(reader, env, arnRegion);
  const inputs: Inputs = {
    desired,
    region,
    roles: readRoles(reader),
    dryRun: reader.read('dry-run') ?? 'auto',
    failOn: reader.read('fail-on') ?? [],
    advice: reader.read('advice') ?? 'auto',
    waitTimeout: reader.read('wait-timeout') ?? 600,
    comment: {
      when: reader.read('comment') ?? 'auto',
      label: reader.read('label'),
      pullNumber: reader.read('pr-number'),
      token: reader.read('github-token'),
    },
  };
  const isGiven = (name: string) => names.some((known) => known === name && reader.text(known) !== '');
  const strangers = judgeNames(Object.keys(env), { names, isGiven });
  const problems = [...reader.problems, ...strangers.errors];
  // Beside an error, a name that nobody knows may be its cause.
  if (problems.length > 0) throw new RunError([...problems, ...strangers.warnings]);
  return { inputs, warnings: strangers.warnings };
}
