import { neededConsents } from '../consents.js';
import type { Defect } from './defect.js';

function withholds(kind: string): Defect {
  return {
    name: `${kind} is not consented to`,
    rule: 'consent-missing',
    touches: ['consents', 'endpoints', 'groups', 'role', 'subnets', 'reach', 'addresses'],
    inject: (draft) => {
      const lines = neededConsents(draft)
        .map(({ line }) => line)
        .filter((line) => line.startsWith(`${kind}:`));
      if (lines.length === 0) return undefined;
      draft.withheld.push(draft.random.pick(lines));
      return [];
    },
  };
}

/** The consents that a plan may need and `allow` may lack. */
export const consentDefects: readonly Defect[] = [
  'private-dns-redirect',
  'connection-drop',
  'shared-role',
  'replace-network',
  'internet-loss',
].map(withholds);
