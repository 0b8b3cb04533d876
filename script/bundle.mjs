// Builds dist/: tsc -> rollup -> ncc. Rollup drops the unused schemas of the SDK clients, which halves start-up
// time and memory; ncc then makes one file. The output depends on the sources and the lock file alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import ncc from '@vercel/ncc';
import { rollup } from 'rollup';
import license from 'rollup-plugin-license';
import { licensesText } from './licenses.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const build = join(root, 'build');
const dist = join(root, 'dist');

/** Compiles src/ to build/. */
function compile() {
  rmSync(build, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', root], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

/** Refuses what would end in a broken bundle; cycles inside dependencies are harmless. */
function onwarn(warning) {
  const harmless = ['CIRCULAR_DEPENDENCY', 'THIS_IS_UNDEFINED', 'SOURCEMAP_BROKEN'];
  if (!harmless.includes(warning.code)) throw new Error(`rollup: ${warning.message}`);
}

/** A bundle without the shortcut below, for comparison. */
const plain = process.argv.includes('--plain');

/**
 * Loading these has no effect but the time it takes: @actions/core imports an HTTP client, undici with it
 * almost half of a bundle, for functions that may not be used at all. They stay where they are used.
 */
const hasSideEffects = (id) => !/node_modules\/(undici|@actions\/http-client|tunnel)\//.test(id);

/**
 * Modules that are imported on demand and lie in a file of their own beside index.js: in one file with it, every
 * start would read them.
 */
const onDemand = [{ name: 'github.js', module: join(build, 'github/toolkit.js') }];

/** Leaves the import of such a module as it is, for ncc too. */
const keepOnDemand = {
  name: 'keep-on-demand',
  renderDynamicImport: ({ targetModuleId }) =>
    onDemand.some(({ module }) => module === targetModuleId)
      ? { left: 'import(/* webpackIgnore: true */ ', right: ')' }
      : null,
};

/** Writes build/bundle/<name> from one module, and adds the packages in it to those of the other files. */
async function shake({ name, module }, packages) {
  const collect = license({
    cwd: root,
    thirdParty: {
      multipleVersions: true,
      output: (dependencies) => {
        for (const one of dependencies) packages.set(`${one.name} ${one.version}`, one);
      },
    },
  });
  const others = onDemand.filter((other) => other.module !== module);
  const resolve = nodeResolve({ preferBuiltins: true, exportConditions: ['node'] });
  const bundle = await rollup({
    input: module,
    external: others.map((other) => other.module),
    treeshake: { moduleSideEffects: plain || hasSideEffects },
    plugins: [resolve, commonjs(), json(), collect, keepOnDemand],
    onwarn,
  });
  await bundle.write({
    file: join(build, 'bundle', name),
    format: 'es',
    inlineDynamicImports: true,
    paths: Object.fromEntries(others.map((other) => [other.module, `./${other.name}`])),
  });
  await bundle.close();
}

/** One file of a bundle, and what it needs beside it, by name. */
async function pack({ name }) {
  const { code, assets } = await ncc(join(build, 'bundle', name), { quiet: true, cache: false });
  if (/sourceMappingURL=/.test(code) || code.includes(root))
    throw new Error(`${name} names a file of this machine`);
  return {
    [name]: code,
    ...Object.fromEntries(Object.entries(assets).map(([file, one]) => [file, one.source])),
  };
}

// ncc names modules by their path from the working folder.
process.chdir(root);
compile();
const packages = new Map();
const files = {};
const entries = [{ name: 'index.js', module: join(build, 'index.js') }, ...onDemand];
// The baseline of the bench has the entry alone.
for (const entry of entries.filter(({ module }) => existsSync(module))) {
  await shake(entry, packages);
  Object.assign(files, await pack(entry));
}
files['licenses.txt'] = licensesText([...packages.values()]);
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
