import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../support/project-root.js';
import { withTestBed } from '../support/test-bed.js';
import { given } from '../support/worlds/world.js';
import { type World, worldOf } from '../worlds/generate.js';
import { trial } from '../worlds/run.js';
import { caseInputs, caseStudyFaults, caseWorld, step } from './steps.js';

const bed = withTestBed({ endpointPendingPolls: 0, functionInProgressPolls: 0 });

// The compiled sources beside this compiled test.
const compiled = fileURLToPath(new URL('../../src', import.meta.url));
// Inside the project, so that the packages are found.
const mutants = join(projectRoot, '.cache', `mutants-${process.pid}`);

interface Mutation {
  readonly file: string;
  /** Must occur exactly once. */
  readonly find: string;
  readonly replace: string;
}

/** A copy of the compiled action with one line made wrong; answers its entry point. */
function mutant(name: string, { file, find, replace }: Mutation): string {
  const folder = join(mutants, name);
  mkdirSync(folder, { recursive: true });
  cpSync(compiled, folder, { recursive: true });
  const path = join(folder, file);
  const parts = readFileSync(path, 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`${find} occurs ${parts.length - 1} times in ${file}`);
  writeFileSync(path, parts.join(replace));
  return join(folder, 'index.js');
}

afterAll(() => rmSync(mutants, { recursive: true, force: true }));

/** Takes every outbound rule from the function's group. */
async function closeWayOut(): Promise<void> {
  const { ec2 } = bed.direct;
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'group-name', Values: ['app-7-lambda'] }],
  });
  for (const { GroupId, IpPermissionsEgress } of SecurityGroups) {
    await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
  }
}

describe('a broken action is caught', () => {
  it('the copy that is not broken passes', async () => {
    const find = "/** One run, from the runner's environment to the exit code. */";
    const main = mutant('none', { file: 'main.js', find, replace: find });
    const world = await caseWorld(bed);
    expect((await step(bed, caseInputs, { main })).outputs.outcome).toBe('changed');
    expect(await caseStudyFaults(bed, world)).toEqual([]);
  });

  it('a planner that returns no change', async () => {
    const find = 'changes: inOrder([...all, ...planRecord(shared, all)])';
    const main = mutant('planner', { file: 'plan/steps.js', find, replace: 'changes: []' });
    const world = await caseWorld(bed);
    const { outputs } = await step(bed, caseInputs, { main });
    expect(outputs.outcome).not.toBe('changed');
    expect(await caseStudyFaults(bed, world)).not.toEqual([]);
  });

  it('an apply that does nothing is caught by the verifier', async () => {
    const find = 'const answer = await aws.send(call.action, call.input);';
    const replace =
      'const answer = { GroupId: "sg-0", VpcEndpoint: { VpcEndpointId: "vpce-0", State: "available" }, LastUpdateStatus: "Successful" };';
    const main = mutant('apply', { file: 'apply/send.js', find, replace });
    const world = await caseWorld(bed);
    const { outputs, annotations } = await step(bed, caseInputs, { main });
    expect(outputs.outcome).toBe('partial');
    expect(annotations.map(({ properties }) => properties.title)).toContain('verification-failed');
    expect(await caseStudyFaults(bed, world)).not.toEqual([]);
  });

  it('a verifier that returns true', async () => {
    const find = 'if (open.length > 0 || plan.changes.length === 0)\n        return open;';
    const main = mutant('verifier', { file: 'verify.js', find, replace: 'return [];' });
    await caseWorld(bed);
    // Somebody closes the way out again before the run looks; only the verifier can know.
    const run = () => closeWayOut();
    const fault = {
      when: { action: 'lambda:UpdateFunctionConfiguration' },
      do: { kind: 'run' as const, moment: 'after' as const, run },
    };
    bed.proxy.inject(fault);
    expect((await step(bed, caseInputs, { main })).outputs.outcome).toBe('changed');
    bed.proxy.inject(fault);
    await caseWorldAgain();
    const honest = await step(bed);
    expect(honest.outputs.outcome).toBe('partial');
    expect(honest.annotations.map(({ properties }) => properties.title)).toContain('verification-failed');
  });

  it('a masker that does nothing', async () => {
    const find = "replaceAll(secret, '***')";
    const main = mutant('masker', { file: 'text/redact.js', find, replace: "replaceAll('', '')" });
    await caseWorld(bed);
    const canary = 'canary-of-the-session-token-77e0';
    const fault = {
      kind: 'error' as const,
      code: 'InvalidParameterValue',
      message: `token ${canary}`,
      status: 400,
    };
    bed.proxy.inject({ when: { action: 'ec2:CreateSecurityGroup' }, times: 2, do: fault });
    const { everything } = await step(bed, caseInputs, { main, env: { AWS_SESSION_TOKEN: canary } });
    expect(everything).toContain(canary);
  });
});

describe('random worlds catch', () => {
  /** Tries the first world that expects a code, by an action that is broken, and answers what is not as expected. */
  async function triedBy(name: string, mutation: Mutation, code: string): Promise<readonly string[]> {
    const expects = (world: World): boolean => world.expected.some((one) => one.code === code);
    const worlds = Array.from({ length: 100 }, (_, index) => worldOf(7, index + 1));
    const { direct, through, proxy, moto } = bed;
    const main = mutant(name, mutation);
    const ground = { direct, through, proxy, reset: moto.reset, main };
    return (await trial(ground, given(worlds.find(expects)))).disagreements;
  }

  it.each<[string, Mutation, string]>([
    [
      'a table without the rules about the VPC',
      { file: 'rules/check.js', find: '    ...vpcRules,\n', replace: '' },
      'vpc-encryption-enforced',
    ],
    [
      'a planner that asks for no consent',
      { file: 'plan/make-plan.js', find: '...missingConsents(consents), ', replace: '' },
      'consent-missing',
    ],
  ])('%s', async (name, mutation, code) => {
    const told = await triedBy(name.replaceAll(' ', '-'), mutation, code);
    expect(told).toContainEqual(expect.stringContaining(`not told: ${code} of `));
  });
});

/** The world anew, as before the first run. */
async function caseWorldAgain(): Promise<void> {
  await bed.moto.reset();
  await caseWorld(bed);
}
