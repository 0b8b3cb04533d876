/** What the runner says about this run. */
export interface RunContext {
  readonly event: string;
  /** Full ref, for example `refs/heads/main`. */
  readonly ref: string;
  readonly defaultBranch: string | undefined;
  readonly repositoryId: string;
  /** Run and attempt: an attempt later may have to make again what was deleted meanwhile. */
  readonly runId: string;
  /** Folder for files that live as long as the job. */
  readonly temp: string;
}

function defaultBranchOf(payload: unknown): string | undefined {
  const { repository }: { repository?: unknown } = Object(payload);
  const { default_branch: branch }: { default_branch?: unknown } = Object(repository);
  return typeof branch === 'string' && branch !== '' ? branch : undefined;
}

/** Reads the context from a runner's environment and the event's payload (undefined when there is none). */
export function readContext(env: Readonly<Record<string, string | undefined>>, payload: unknown): RunContext {
  return {
    event: env.GITHUB_EVENT_NAME ?? '',
    ref: env.GITHUB_REF ?? '',
    defaultBranch: defaultBranchOf(payload),
    repositoryId: env.GITHUB_REPOSITORY_ID || 'local',
    runId: `${env.GITHUB_RUN_ID || 'local'}/${env.GITHUB_RUN_ATTEMPT || '1'}`,
    temp: env.RUNNER_TEMP || '.',
  };
}
