import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withoutComments } from './architecture/source.js';
import { projectRoot } from './support/project-root.js';

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** The files in a folder, at any depth; none where there is no such folder. */
function filesIn(folder: string): string[] {
  const root = join(projectRoot, folder);
  if (!existsSync(root)) return [];
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name));
  return paths.filter((path) => statSync(path).isFile());
}

const exact = /^\d+\.\d+\.\d+$/;
/** The dependencies that are not pinned to one version. */
function loose(manifest: Record<string, unknown>): string[] {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  const all = kinds.flatMap((kind) => Object.entries((manifest[kind] ?? {}) as Record<string, string>));
  return all.filter(([, version]) => !exact.test(version)).map(([name]) => name);
}

/** The download addresses of a lock file. */
const addresses = (lock: string): string[] => lock.match(/"resolved"|https?:\/\/[^"]*\.tgz/g) ?? [];

interface LockEntry {
  readonly integrity?: string;
  readonly optionalDependencies?: Record<string, string>;
}

/** What `npm ci` would miss on some platform: entries left out of a lock file, or without a checksum. */
function gaps(packages: Record<string, LockEntry>): string[] {
  const [, ...paths] = Object.keys(packages);
  const unchecked = paths.filter((path) => packages[path]?.integrity === undefined);
  const wanted = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  return [
    ...unchecked,
    ...wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`))),
  ];
}

const builtServiceName = /com\.amazonaws/;
const unfinished = new RegExp(['TO', 'DO|FIX', 'ME'].join(''));

test('the lock file names no download address', () => {
  expect(addresses(read('package-lock.json'))).toEqual([]);
  expect(addresses('"resolved": "https://host/a.tgz"')).toHaveLength(2);
});

test('the lock file is complete for every platform', () => {
  expect(gaps(JSON.parse(read('package-lock.json')).packages)).toEqual([]);
  const packages = { '': { optionalDependencies: { a: '1', b: '1' } }, 'node_modules/a': {} };
  expect(gaps(packages)).toEqual(['node_modules/a', 'b']);
});

test('the Python requirements are pinned with hashes and name no index', () => {
  const lines = read('emulator/requirements.txt').split('\n');
  const pins = lines.filter((line) => /^[a-z0-9]/i.test(line));
  expect(pins.length).toBeGreaterThan(20);
  expect(pins.filter((line) => !/^[\w.-]+(\[\w+\])?==[\w.]+ (; .* )?\\$/.test(line))).toEqual([]);
  expect(lines.filter((line) => line.includes('://') || line.startsWith('--'))).toEqual([]);
});

test('every npm dependency has one exact version', () => {
  expect(loose(JSON.parse(read('package.json')))).toEqual([]);
  expect(loose({ dependencies: { a: '^1.0.0', b: '1.0.0' }, devDependencies: { c: 'latest' } })).toEqual([
    'a',
    'c',
  ]);
});

test('no service name is built from its common prefix', () => {
  const found = filesIn('src').filter((path) =>
    builtServiceName.test(withoutComments(readFileSync(path, 'utf8'))),
  );
  expect(found).toEqual([]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is a source.
  expect(builtServiceName.test(withoutComments('const a = `com.amazonaws.${region}.logs`; // so'))).toBe(
    true,
  );
});

test('no unfinished work is marked in the sources', () => {
  const files = [
    'src',
    '__tests__',
    'bench',
    'demo',
    'docs',
    'examples',
    'script',
    'emulator',
    '.github',
  ].flatMap(filesIn);
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((path) => unfinished.test(readFileSync(path, 'utf8')))).toEqual([]);
  expect(unfinished.test(`// ${'TO'}${'DO'}: later`)).toBe(true);
});
