import type { ServicePath } from '../model/plan.js';
import type { RunRecord } from '../model/run.js';
import { filled, type Section, section, table } from './report.js';

const GRADES: Readonly<Record<ServicePath['grade'], string>> = {
  needed: 'needed',
  maybe: 'only if your code calls it',
  not: 'not by your code',
};

const UNSURE: Partial<Readonly<Record<ServicePath['way'], string>>> = {
  none: 'no way',
  partly: 'from some subnets only',
  unknown: 'unknown',
};

function wayText({ way, through, byOwnName }: ServicePath): string {
  const unsure = UNSURE[way];
  if (unsure !== undefined) return unsure;
  const named = through === undefined ? `${way} (new)` : `${way} ${through}`;
  return byOwnName ? `${named}, by its own name alone` : named;
}

function why({ grade, label, evidence }: ServicePath): readonly string[] {
  // Of what is needed the evidence says it all; the column before says what a label repeats.
  const told = grade === 'needed' && evidence.length > 0;
  return [...evidence, ...(told ? [] : [label.replace(/^only if your code calls it: /, '')])];
}

/** Which services the functions need, by their roles, and how each is reached after the change. */
export function servicesSection({ plan }: RunRecord): Section | undefined {
  const services = plan?.services ?? [];
  const several = new Set(services.map(({ functionName }) => functionName)).size > 1;
  const head = [...(several ? ['Function'] : []), 'Service', 'Needed', 'Way', 'Why'];
  const rows = services.map((path) => [
    ...(several ? [path.functionName] : []),
    path.word,
    GRADES[path.grade],
    // What is not called needs no way.
    path.grade === 'not' ? '–' : wayText(path),
    why(path),
  ]);
  const [found] = filled([
    section('Services by the execution role', table(head, rows), { collapsed: true, worth: 'network' }),
  ]);
  return found;
}
