import type { Defect } from './defect.js';
import type { Draft } from './draft.js';
import { filterDefects } from './filter-defects.js';
import { hidingDefects } from './hiding-defects.js';
import { nameDefects } from './name-defects.js';
import { oddDefects } from './odd-defects.js';
import { placeDefects } from './place-defects.js';
import { routeDefects } from './route-defects.js';

const all: readonly Defect[] = [
  ...filterDefects,
  ...routeDefects,
  ...nameDefects,
  ...placeDefects,
  ...hidingDefects,
  ...oddDefects,
];

/** Makes one change that the case has something for, chosen by weight; none to what is out of sight already. */
export function injectOne(draft: Draft): void {
  if (draft.hidden.some((what) => ['acl', 'route table', 'group'].includes(what))) return;
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const defect = draft.random.weighted(all);
    if (!defect.apply(draft)) continue;
    draft.injected.push(defect.name);
    return;
  }
}
