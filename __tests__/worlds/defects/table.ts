import { consentDefects } from './consent-defects.js';
import type { Defect } from './defect.js';
import { endpointDefects } from './endpoint-defects.js';
import { functionDefects } from './function-defects.js';
import { networkDefects } from './network-defects.js';
import { reachDefects } from './reach-defects.js';
import { roleDefects } from './role-defects.js';

/**
 * Every way to break a world. A new rule of severity error takes one entry more, in the file of its subject: its id,
 * what it shares with other defects (`touches`), and `inject`, which changes the draft of a healthy world so that the
 * rule must block, and returns the findings that follow, those of other rules included. What moto cannot hold is
 * shown by the proxy: members of a function (`members`), of a VPC or subnet (`shown`), the state of an endpoint
 * (`state`). A rule that no world can show stands in `unshown` instead, with the reason.
 */
export const defects: readonly Defect[] = [
  ...functionDefects,
  ...roleDefects,
  ...networkDefects,
  ...endpointDefects,
  ...reachDefects,
  ...consentDefects,
];

/** Rules of severity error that no world can show, with the reason. */
export const unshown: Readonly<Record<string, string>> = {};
