import type { RunContext } from './context.js';

/** Whether a run may write, and why. */
export interface Mode {
  readonly writes: boolean;
  /** Completes "This is a dry run, because …" or "This run writes, because …". */
  readonly because: string;
  /** Set where a person may have expected a write. */
  readonly notice?: string;
}

/** Events that somebody with write access to the repository has to cause. */
const WRITING = ['workflow_dispatch', 'release', 'deployment', 'repository_dispatch'];

function judgePush({ ref, defaultBranch }: RunContext): Mode {
  if (defaultBranch === undefined) {
    return { writes: false, because: 'the event does not name the default branch' };
  }
  if (ref === `refs/heads/${defaultBranch}`) {
    return { writes: true, because: `it is a push to the default branch ${defaultBranch}` };
  }
  const notice = `Only a push to ${defaultBranch} writes; set \`dry-run: false\` to write on other branches.`;
  return {
    writes: false,
    because: `the push is to ${ref}, not to the default branch ${defaultBranch}`,
    notice,
  };
}

/**
 * Decides whether a run writes. `pull_request_target` never does, whatever the input says: it runs with
 * the base branch's rights on a stranger's proposal. Unknown events are dry runs.
 */
export function chooseMode(dryRun: 'auto' | 'true' | 'false', context: RunContext): Mode {
  const { event } = context;
  if (event === 'pull_request_target') return { writes: false, because: 'pull_request_target never writes' };
  if (dryRun !== 'auto') return { writes: dryRun === 'false', because: `dry-run is ${dryRun}` };
  if (event === 'push') return judgePush(context);
  if (WRITING.includes(event)) return { writes: true, because: `the event is ${event}` };
  return { writes: false, because: event === '' ? 'this is no GitHub event' : `the event is ${event}` };
}
