/** The layers from the bottom up: a file may import from its own layer and from those before it. */
const layers: readonly (readonly string[])[] = [
  ['src/model.ts', 'src/model/', 'src/aws/call.ts'],
  [
    'src/network/',
    'src/aws/errors.ts',
    'src/aws/partitions.ts',
    'src/aws/partition-table.ts',
    'src/cost/',
    'src/iam/',
    'src/inputs.ts',
    'src/inputs/',
    'src/text/',
  ],
  ['src/resources/', 'src/rules/', 'src/resolve/', 'src/reach/', 'src/credentials/'],
  ['src/plan.ts', 'src/plan/', 'src/report/'],
  [
    'src/aws/',
    'src/http/',
    'src/settle.ts',
    'src/observe.ts',
    'src/observe/',
    'src/quiet.ts',
    'src/run.ts',
    'src/apply.ts',
    'src/apply/',
    'src/verify.ts',
    'src/report/publish.ts',
    'src/runner/',
    'src/github/',
  ],
  ['src/main.ts', 'src/index.ts'],
];

/** The highest layer without effects. */
export const lastPureLayer = 3;

/** Whether a place (a file, or a folder that ends in a slash) holds the file. */
export function holds(place: string, path: string): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place;
}

/** The number of the layer of a file; the most specific place decides. Undefined where no place holds it. */
export function layerOf(path: string): number | undefined {
  let best: { layer: number; length: number } | undefined;
  for (const [layer, places] of layers.entries()) {
    for (const place of places) {
      if (holds(place, path) && place.length > (best?.length ?? 0)) best = { layer, length: place.length };
    }
  }
  return best?.layer;
}
