import type { Plan } from '../model/plan.js';
import { consentText, distinctConsents } from '../plan/consents.js';
import { sortedSet } from '../text/words.js';
import { yamlBlock } from '../text/yaml.js';
import { list, paragraph, type Section, section } from './report.js';

/** The consents the plan needs: those to give with the lines to copy, those that `allow` gives. */
export function consentsSection(plan: Plan): Section {
  const consents = distinctConsents(plan);
  const missing = consents.filter(({ given }) => !given);
  const given = consents.filter((consent) => consent.given);
  const lines = yamlBlock('allow', sortedSet(missing.map(consentText)));
  return section('Consents', [
    ...(missing.length > 0
      ? [
          paragraph(
            'These changes touch more than the function. Add the lines to the inputs of the step if you want them:',
          ),
          { kind: 'lines' as const, lines },
          ...list(missing.map((consent) => `\`${consentText(consent)}\`: ${consent.why}`)),
        ]
      : []),
    ...(given.length > 0
      ? [
          paragraph('Given by `allow`:'),
          ...list(given.map((consent) => `\`${consentText(consent)}\`: ${consent.why}`)),
        ]
      : []),
  ]);
}
