import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { awsClients } from '../support/aws-clients.js';
import { startMoto } from '../support/moto.js';

/** True while something answers at the URL. */
function answers(url: string): Promise<boolean> {
  return fetch(`${url}/moto-api/data.json`, { signal: AbortSignal.timeout(2_000) }).then(
    () => true,
    () => false,
  );
}

async function gone(url: string): Promise<boolean> {
  for (let look = 0; look < 50; look += 1) {
    if (!(await answers(url))) return true;
    await sleep(100);
  }
  return false;
}

test('two starts at once have a port each, and each stops alone', async () => {
  const [one, two] = await Promise.all([startMoto(), startMoto()]);
  expect(one.url).not.toBe(two.url);
  await one.stop();
  expect(await gone(one.url)).toBe(true);
  expect(await answers(two.url)).toBe(true);
  await Promise.all([two.stop(), two.stop()]);
  expect(await gone(two.url)).toBe(true);
});

test('a reset forgets everything, and the managed policies are there again', async () => {
  const moto = await startMoto();
  const { ec2, iam, close } = awsClients({ endpoint: moto.url, region: 'us-east-2' });
  const { Vpc } = await ec2.createVpc({ CidrBlock: '12.25.15.0/25' });
  await moto.reset();
  await expect(ec2.describeVpcs({ VpcIds: [Vpc?.VpcId ?? ''] })).rejects.toMatchObject({
    name: 'InvalidVpcID.NotFound',
  });
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';
  expect((await iam.getPolicy({ PolicyArn })).Policy?.Arn).toBe(PolicyArn);
  close();
  await moto.stop();
});

test('ends with the process that started it, even after SIGKILL', async () => {
  const module = pathToFileURL(join(import.meta.dirname, '../support/moto.js')).href;
  const script = `const { startMoto } = await import('${module}'); console.log((await startMoto()).url); setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const url = line.toString().trim();
  expect(await answers(url)).toBe(true);
  parent.kill('SIGKILL');
  expect(await gone(url)).toBe(true);
});

test('does not keep a process alive that forgot to stop it', async () => {
  const module = pathToFileURL(join(import.meta.dirname, '../support/moto.js')).href;
  const script = `const { startMoto } = await import('${module}'); console.log((await startMoto()).url);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  await once(parent, 'exit');
  expect(await gone(line.toString().trim())).toBe(true);
});
