import type { RunRecord } from '../model/run.js';
import { rules } from '../rules/check.js';
import type { Line } from './report.js';

/** Address of what is said about a code on the page of the rules; undefined where there is no rule or no page. */
export function rulePageOf(code: string, { rulesPage }: Pick<RunRecord, 'rulesPage'>): string | undefined {
  const isRule = rules.some(({ id }) => id === code);
  return isRule && rulesPage !== undefined ? `${rulesPage}#${code}` : undefined;
}

/** The page of the AWS documentation that a rule refers to; undefined for what is no rule. */
export function awsPageOf(code: string): string | undefined {
  return rules.find(({ id }) => id === code)?.page;
}

/** A code, linked to what is said about it. */
export function codeLine(code: string, record: Pick<RunRecord, 'rulesPage'>): Line {
  const text = `\`${code}\``;
  const href = rulePageOf(code, record);
  return href === undefined ? text : { text, href };
}
