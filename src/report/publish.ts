import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@actions/core';
import type { RunRecord } from '../model/run.js';
import { logLine } from '../text/escape.js';
import { type Redact, redactAll } from '../text/redact.js';
import { annotationsOf } from './annotations.js';
import { buildReport } from './build.js';
import { planJson } from './json.js';
import { renderMarkdown } from './markdown.js';
import { outputsOf } from './outputs.js';

/** GitHub drops a whole summary over 1 MiB; a margin is left for what other steps' actions add. */
const SUMMARY_BYTES = 1_000_000;

const annotate = { error: core.error, warning: core.warning, notice: core.notice };

/** A file beside the summary cannot stop the run: its path is an output only if it was written. */
function writeOrWarn(path: string, text: string): string {
  try {
    writeFileSync(path, text);
    return path;
  } catch (error) {
    core.warning(
      logLine(`${path} could not be written: ${error instanceof Error ? error.message : String(error)}`),
    );
    return '';
  }
}

function writeSummary(path: string | undefined, markdown: string): void {
  if (path === undefined || path === '') return;
  try {
    appendFileSync(path, `${markdown}\n`);
  } catch (error) {
    core.warning(
      logLine(
        `The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`,
      ),
    );
  }
}

/** Where a run's products go. */
export interface Destination {
  /** Folder for the plan and report files. */
  readonly temp: string;
  /** File of the job summary. */
  readonly summaryFile: string | undefined;
  /** Makes file names of several steps in one job different. */
  readonly suffix: string;
}

/**
 * Publishes a record: files, job summary, outputs and annotations. Secrets are cut from the record itself,
 * before escaping could change how they are spelled. Never throws for a file it cannot write.
 */
export function publish(run: RunRecord, { temp, summaryFile, suffix }: Destination, redact: Redact): void {
  const record = redactAll(run, redact);
  const report = buildReport(record);
  const planFile = writeOrWarn(join(temp, `vpc-lambda-action-plan-${suffix}.json`), planJson(record));
  const reportFile = writeOrWarn(join(temp, `vpc-lambda-action-report-${suffix}.md`), renderMarkdown(report));
  writeSummary(summaryFile, renderMarkdown(report, { bytes: SUMMARY_BYTES }));
  const outputs = outputsOf(record, { planFile, reportFile });
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  for (const { level, title, message } of annotationsOf(record)) annotate[level](message, { title });
}
