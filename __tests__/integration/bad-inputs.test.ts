import { expect, it } from '@jest/globals';
import { runAction } from '../support/run-action.js';

const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const session = `IQoJ${'b3JpZ2luX2VjEXAMPLE'.repeat(60)}`;

/** Twelve mistakes in eight inputs, some of them hostile; two names beside them are unknown. */
const inputs = {
  'function-name': 'app-7:live',
  'aws-region': session,
  vpc: 'v'.repeat(100_000),
  subnets: 'privat, sg-0a1b2c3d',
  egress: 'tpc 443 s3\n::error::forged\n##[error]forged\ntcp 443 \u001b[31ms3`|<img src=x>',
  endpoints: '- logs\n- ssm',
  tags: '{"App":"x"}',
  'allowed-account-ids': secret,
};

it('bad inputs are told all at once: in the log, in annotations and in the summary, and nothing else is', async () => {
  const env = { 'INPUT_AWS-REGOIN': 'x', INPUT_PATH: 'x', AWS_SESSION_TOKEN: session };
  const result = await runAction({ inputs, endpoint: 'http://127.0.0.1:9', env });
  expect(result.exitCode).toBe(1);
  expect(result.outputs.outcome).toBe('failed');
  const log = result.stdout.split('\n');
  const told = log.filter((line) => /^(invalid|unknown)-input: /.test(line));
  expect(told).toHaveLength(14);
  for (const name of Object.keys(inputs)) expect(told.join('\n')).toContain(`Input ${name}: `);
  expect(told.join('\n')).toContain('Did you mean `private`?');
  expect(told.join('\n')).toContain('Write `aws-region` instead.');
  for (const line of told) {
    expect(line.length).toBeLessThan(600);
    expect(result.summary).toContain(/^[a-z-]+: Input ([a-z-]+)/.exec(line)?.[1]);
  }
  // Nine errors at most are annotations, and none of the lines is a command that an input smuggled in.
  const commands = log.filter((line) => /^::(?!group|endgroup|debug)/.test(line));
  expect(commands).toHaveLength(9);
  expect(commands.every((line) => line.startsWith('::error title='))).toBe(true);
  expect(log.some((line) => line.startsWith('##['))).toBe(false);
  expect(result.summary).not.toContain('<img');
  expect(result.everything).not.toContain('\u001b');
  expect(result.everything).not.toContain(secret);
  expect(result.everything).not.toContain(session.slice(0, 60));
});

it('variables of others do not break a run: it gets as far as its credentials', async () => {
  const env = {
    INPUT_PATH: 'x',
    'INPUT_NODE-VERSION': '24',
    'INPUT_SUBNET-IDS': '["subnet-0a1b2c3d"]',
    AWS_MAX_ATTEMPTS: '1',
  };
  const wanted = { 'function-name': 'app-7', 'aws-region': 'us-east-2', subnets: '["subnet-0a1b2c3d"]' };
  const result = await runAction({ inputs: wanted, endpoint: 'http://127.0.0.1:9', env });
  const codes = result.annotations.map(({ level, properties }) => `${level} ${properties.title}`);
  expect(codes.filter((code) => code.endsWith('-input'))).toEqual([
    'warning unknown-input',
    'warning unknown-input',
  ]);
  expect(codes.at(-1)).toBe('error aws-unreachable');
});
