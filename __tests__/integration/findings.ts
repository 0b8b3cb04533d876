import type { StepResult } from '../support/run-action.js';

/** A finding as the plan file holds it. */
export interface Told {
  readonly code: string;
  readonly severity: string;
  readonly status: string;
  readonly message: string;
  readonly remedy: string;
}

/** The plan of a run, as its plan file holds it. */
export function planOf({ outputs, temp, files }: StepResult): { findings: Told[]; passed: string[] } {
  const path = String(outputs['plan-file']).slice(temp.length + 1);
  return JSON.parse(files[path] ?? '{}').plan;
}

/** The first finding of a code. */
export function told(result: StepResult, code: string): Told | undefined {
  return planOf(result).findings.find((finding) => finding.code === code);
}
