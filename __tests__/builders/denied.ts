import type { AwsProblem } from '../../src/model/problem.js';

const problem = (action: string): AwsProblem => ({
  kind: 'denied',
  code: 'permission-missing',
  awsCode: 'UnauthorizedOperation',
  action,
  message: `AWS refused ${action} on *.`,
  remedy: `Allow ${action} on * for the role that runs this step.`,
});

/** A read that AWS refused. */
export const denied = (action: string) => ({ ok: false as const, problem: problem(action) });
