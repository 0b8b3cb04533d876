import type { SharedTarget } from './target.js';

/** Id of the prefix list of a gateway service; it has the service's name (domain.md row 81). */
export function prefixListOf(serviceName: string, { observed }: SharedTarget): string | undefined {
  return observed.prefixLists?.find((list) => list.name === serviceName)?.id;
}

/** Id of the prefix list of a service's short word, for example `s3`, in the run's region. */
export function prefixListFor(word: string, { observed, region }: SharedTarget): string | undefined {
  return observed.prefixLists?.find((list) => list.name.endsWith(`.${region}.${word}`))?.id;
}
