import type { Expectation } from './draft.js';

/** A finding of a plan file, as far as it is compared. */
export interface Told {
  readonly code: string;
  readonly status: string;
  readonly severity: string;
  readonly subject: string;
  readonly functionName: string | null;
  readonly message: string;
}

/** What was expected and not told, and what was told and not expected. */
export interface Differences {
  readonly missing: readonly string[];
  readonly surplus: readonly string[];
}

/** One text for a finding; the parts of a list in a subject have no order. */
function textOf(code: string, subject: string, functionName: string | undefined): string {
  const parts = subject.split(', ').sort().join(', ');
  return `${code} of ${parts}${functionName === undefined ? '' : ` for ${functionName}`}`;
}

/** Whether a finding keeps a plan from being applied. */
const blocks = ({ status, severity }: Told): boolean => status === 'fail' && severity === 'error';

/** The texts of the first list that the second has not, each as often as it is there too often. */
function without(texts: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return texts.filter((text) => {
    const at = left.indexOf(text);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Compares the findings that must block with those that do, by code, subject and function. */
export function differences(
  expected: readonly Expectation[],
  findings: readonly Told[],
  resolve: (text: string) => string,
): Differences {
  const wanted = expected.map(({ code, subject, functionName }) =>
    textOf(code, resolve(subject), functionName),
  );
  const told = findings
    .filter(blocks)
    .map(({ code, subject, functionName }) => textOf(code, subject, functionName ?? undefined));
  return { missing: without(wanted, told), surplus: without(told, wanted) };
}

/** The findings that block. */
export function blocking(findings: readonly Told[]): Told[] {
  return findings.filter(blocks);
}
