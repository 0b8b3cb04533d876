// Builds dist/: tsc -> rollup -> ncc. Rollup drops the unused schemas of the SDK clients, which halves start-up
// time and memory; ncc then makes one file. The output depends on the sources and the lock file alone.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
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

/** Writes build/bundle/index.js and returns the text of the licences of what is in it. */
async function shake() {
  let licenses = '';
  const collect = license({
    cwd: root,
    thirdParty: {
      multipleVersions: true,
      output: (dependencies) => {
        licenses = licensesText(dependencies);
      },
    },
  });
  const bundle = await rollup({
    input: join(build, 'index.js'),
    treeshake: { moduleSideEffects: plain || hasSideEffects },
    plugins: [nodeResolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs(), json(), collect],
    onwarn,
  });
  await bundle.write({ file: join(build, 'bundle/index.js'), format: 'es', inlineDynamicImports: true });
  await bundle.close();
  return licenses;
}

// ncc names modules by their path from the working folder.
process.chdir(root);
compile();
const licenses = await shake();
const { code, assets } = await ncc(join(build, 'bundle/index.js'), { quiet: true, cache: false });
if (/sourceMappingURL=/.test(code) || code.includes(root))
  throw new Error('the bundle names a file of this machine');
rmSync(dist, { recursive: true, force: true });
const files = { 'index.js': code, 'licenses.txt': licenses };
for (const [name, { source }] of Object.entries(assets)) files[name] = source;
mkdirSync(dist);
for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
