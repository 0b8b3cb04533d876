import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { layerOf } from './architecture/layers.js';
import type { Modules } from './architecture/source.js';
import { violations } from './architecture/violations.js';
import { projectRoot } from './support/project-root.js';

function sources(): Modules {
  const files = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' });
  const paths = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file.replaceAll('\\', '/')}`);
  return new Map(paths.map((path) => [path, readFileSync(join(projectRoot, path), 'utf8')]));
}

test('the sources keep to the layers', () => {
  const modules = sources();
  expect(modules.has('src/index.ts')).toBe(true);
  expect(violations(modules)).toEqual([]);
});

const breaches: { name: string; modules: Record<string, string>; says: RegExp }[] = [
  {
    name: 'an SDK client at run time in a decision',
    modules: { 'src/plan.ts': "import { EC2Client } from '@aws-sdk/client-ec2';" },
    says: /src\/plan\.ts: imports @aws-sdk\/client-ec2/,
  },
  {
    name: 'an SDK client behind an import list over several lines',
    modules: { 'src/observe.ts': "import {\n  type A,\n  EC2Client,\n} from '@aws-sdk/client-ec2';" },
    says: /src\/observe\.ts: imports @aws-sdk\/client-ec2/,
  },
  {
    name: 'an SDK client imported dynamically',
    modules: { 'src/apply.ts': "const ec2 = await import('@aws-sdk/client-ec2');" },
    says: /src\/apply\.ts: imports @aws-sdk\/client-ec2/,
  },
  {
    name: 'an SDK client re-exported',
    modules: { 'src/aws/errors.ts': "export { EC2Client } from '@aws-sdk/client-ec2';" },
    says: /src\/aws\/errors\.ts: imports @aws-sdk\/client-ec2/,
  },
  {
    name: 'a credential package outside the AWS folder',
    modules: { 'src/main.ts': "import { x } from '@smithy/core';" },
    says: /src\/main\.ts: imports @smithy\/core/,
  },
  {
    name: 'the toolkit of the runner in a renderer',
    modules: { 'src/report/markdown.ts': "import * as core from '@actions/core';" },
    says: /src\/report\/markdown\.ts: imports @actions\/core/,
  },
  {
    name: 'a request past the shared agents',
    modules: { 'src/runner/context.ts': "import { request } from 'node:https';" },
    says: /src\/runner\/context\.ts: imports node:https/,
  },
  {
    name: 'a GitHub client beside the one door',
    modules: { 'src/github/write.ts': "import { getOctokit } from '@actions/github';" },
    says: /src\/github\/write\.ts: imports @actions\/github/,
  },
  {
    name: 'an upward import',
    modules: {
      'src/network/cidr.ts': "import { a } from '../resources/vpc.js';",
      'src/resources/vpc.ts': '',
    },
    says: /layer 1 imports src\/resources\/vpc\.ts of layer 2/,
  },
  {
    name: 'an upward import of types',
    modules: { 'src/rules/a.ts': "import type { A } from '../plan.js';", 'src/plan.ts': '' },
    says: /layer 2 imports src\/plan\.ts of layer 3/,
  },
  {
    name: 'a run-time import of the operations by the call types',
    modules: { 'src/aws/call.ts': "import { a } from './operations.js';", 'src/aws/operations.ts': '' },
    says: /layer 0 imports src\/aws\/operations\.ts of layer 4/,
  },
  {
    name: 'a renderer that publishes',
    modules: { 'src/report/json.ts': "import { a } from './publish.js';", 'src/report/publish.ts': '' },
    says: /layer 3 imports src\/report\/publish\.ts of layer 4/,
  },
  { name: 'a file in no layer', modules: { 'src/helpers.ts': '' }, says: /src\/helpers\.ts: is in no layer/ },
  {
    name: 'a cycle',
    modules: {
      'src/plan/a.ts': "import { b } from './b.js';",
      'src/plan/b.ts': "import { c } from './c.js';",
      'src/plan/c.ts': "import { a } from './a.js';",
    },
    says: /src\/plan\/a\.ts -> src\/plan\/b\.ts -> src\/plan\/c\.ts -> src\/plan\/a\.ts/,
  },
];

test.each(breaches)('reports $name', ({ modules, says }) => {
  expect(violations(new Map(Object.entries(modules)))).toEqual([expect.stringMatching(says)]);
});

const effects = [
  'Date.now()',
  'new Date()',
  'setTimeout(f, 1)',
  'setInterval(f, 1)',
  'process.env.X',
  'process.cwd()',
  'Math.random()',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is a source, whose template holds code.
  '`${process.env.X}`',
];

test.each(effects)('reports the effect %s in a pure layer alone', (effect) => {
  const source = `export const x = () => ${effect};`;
  expect(violations(new Map([['src/rules/a.ts', source]]))).toEqual([expect.stringMatching(/an effect/)]);
  expect(violations(new Map([['src/runner/a.ts', source]]))).toEqual([]);
});

test('allows what the layers allow', () => {
  const modules = {
    'src/aws/call.ts': "import type { Operations } from './operations.js';",
    'src/aws/operations.ts':
      "import type { Call } from './call.js';\nimport { EC2Client } from '@aws-sdk/client-ec2';",
    'src/aws/client.ts': "import { memoize } from '@smithy/core';",
    'src/http/agent.ts':
      "import { Agent } from 'node:https';\nimport { x } from '@actions/http-client/lib/proxy';",
    'src/resources/vpc.ts':
      "import type { Vpc } from '@aws-sdk/client-ec2';\nimport { a } from '../network/cidr.js';",
    'src/network/cidr.ts':
      "// process.env is not read here\nexport const at = new Date(0), url = 'https://process.env';",
    'src/runner/log.ts': "import * as core from '@actions/core';",
  };
  expect(violations(new Map(Object.entries(modules)))).toEqual([]);
});

test('the most specific place decides the layer', () => {
  expect(['src/aws/call.ts', 'src/aws/errors.ts', 'src/aws/client.ts'].map(layerOf)).toEqual([0, 1, 4]);
  expect(['src/report/json.ts', 'src/report/publish.ts', 'src/other/a.ts'].map(layerOf)).toEqual([
    3,
    4,
    undefined,
  ]);
});
