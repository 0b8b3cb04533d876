import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readWorkspaceFile } from '../../src/runner/workspace.js';

let base: string;
let workspace: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'vpc-lambda-action-workspace-'));
  workspace = join(base, 'repository');
  mkdirSync(join(workspace, 'policies'), { recursive: true });
  writeFileSync(join(workspace, 'policies', 'logs.json'), ' {"Statement": []}\n');
  writeFileSync(join(base, 'secret.json'), '{"Statement": []}');
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

it.each(['policies/logs.json', './policies/../policies/logs.json'])('reads %s', (path) => {
  expect(readWorkspaceFile(workspace, path)).toBe('{"Statement": []}');
});

it.each(['', '.', 'policies', 'none.json', '../secret.json', '\0'])('does not read "%s"', (path) => {
  expect(readWorkspaceFile(workspace, path)).toBeUndefined();
});

it('reads by the whole path what lies inside, and not what lies outside', () => {
  expect(readWorkspaceFile(workspace, join(workspace, 'policies/logs.json'))).toBe('{"Statement": []}');
  expect(readWorkspaceFile(workspace, join(base, 'secret.json'))).toBeUndefined();
});

it('follows no link out of the repository', () => {
  symlinkSync(join(base, 'secret.json'), join(workspace, 'link.json'));
  expect(readWorkspaceFile(workspace, 'link.json')).toBeUndefined();
});

it('reads nothing that is larger than any policy, and nothing without a repository', () => {
  writeFileSync(join(workspace, 'large.json'), ' '.repeat(4 * 20_480 + 1));
  expect(readWorkspaceFile(workspace, 'large.json')).toBeUndefined();
  expect(readWorkspaceFile(undefined, 'policies/logs.json')).toBeUndefined();
});
