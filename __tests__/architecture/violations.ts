import { holds, lastPureLayer, layerOf } from './layers.js';
import { codeOnly, type Import, importsOf, type Modules } from './source.js';

const sdkPlaces = ['src/aws/operations.ts', 'src/aws/client.ts', 'src/aws/identity.ts'];
const runnerPlaces = ['src/main.ts', 'src/index.ts', 'src/report/publish.ts', 'src/runner/'];
const impure =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bset(?:Timeout|Interval|Immediate)\b|\bprocess\.|\bMath\.random\b/g;

/** Every breach of the architecture, one sentence each, headed by the file it is in. */
export function violations(modules: Modules): string[] {
  const found: string[] = [];
  for (const [path, source] of modules) {
    const imports = importsOf(path, source);
    for (const problem of [
      ...layerProblems(path, imports),
      ...packageProblems(path, imports),
      ...purityProblems(path, source),
    ]) {
      found.push(`${path}: ${problem}`);
    }
  }
  return [...found, ...cycles(modules)];
}

// The table of operations gives the calls their types, and types alone.
function isExempt(path: string, { path: target, typeOnly }: Import): boolean {
  return typeOnly && path === 'src/aws/call.ts' && target === 'src/aws/operations.ts';
}

function layerProblems(path: string, imports: readonly Import[]): string[] {
  const own = layerOf(path);
  if (own === undefined) return ['is in no layer'];
  return imports.flatMap((one) => {
    const target = one.path === undefined ? undefined : layerOf(one.path);
    if (target === undefined || target <= own || isExempt(path, one)) return [];
    return [`layer ${own} imports ${one.path} of layer ${target}`];
  });
}

function packageProblems(path: string, imports: readonly Import[]): string[] {
  return imports.flatMap(({ specifier, typeOnly }) => {
    const allowed = placesOf(specifier, typeOnly);
    if (allowed === undefined || allowed.some((place) => holds(place, path))) return [];
    return [`imports ${specifier}, which belongs in ${allowed.join(', ')}`];
  });
}

/** Where a package may be imported; undefined where anywhere. */
function placesOf(specifier: string, typeOnly: boolean): readonly string[] | undefined {
  if (specifier.startsWith('@actions/http-client/')) return ['src/http/'];
  if (specifier === '@actions/github') return ['src/github/toolkit.ts'];
  if (specifier.startsWith('@actions/')) return runnerPlaces;
  if (typeOnly) return undefined;
  if (/^(node:https?|hpagent)$/.test(specifier)) return ['src/http/'];
  if (/^@smithy\/|^@aws-sdk\/credential-provider/.test(specifier)) return ['src/aws/'];
  return specifier.startsWith('@aws-sdk/') ? sdkPlaces : undefined;
}

function purityProblems(path: string, source: string): string[] {
  const layer = layerOf(path);
  if (layer === undefined || layer > lastPureLayer) return [];
  return [...codeOnly(source).matchAll(impure)].map(([text]) => `layer ${layer} uses ${text}, an effect`);
}

function cycles(modules: Modules): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push(`${path}: imports itself by ${[...trail.slice(start), path].join(' -> ')}`);
    if (start >= 0 || done.has(path)) return;
    for (const one of importsOf(path, modules.get(path) ?? '')) {
      if (one.path !== undefined && !isExempt(path, one)) visit(one.path, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  return found;
}
