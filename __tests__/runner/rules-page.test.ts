import { describe, expect, it } from '@jest/globals';
import { rulesPageOf } from '../../src/runner/rules-page.js';

const github = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_ACTION_REPOSITORY: 'owner/vpc-lambda-action',
  GITHUB_ACTION_REF: 'v1',
};

describe('the address of the page of the rules', () => {
  it('is that of the version which runs', () => {
    const page = 'https://github.com/owner/vpc-lambda-action/blob/v1/docs/rules.md';
    expect(rulesPageOf(github)).toBe(page);
    expect(rulesPageOf({ ...github, GITHUB_ACTION_REF: 'feature/rules.2' })).toContain('/feature/rules.2/');
    expect(rulesPageOf({ ...github, GITHUB_SERVER_URL: 'https://git.example.com:8443' })).toContain(':8443/');
  });

  it.each([
    ['an action of the checked-out repository', { GITHUB_ACTION_REPOSITORY: '' }],
    ['no ref', { GITHUB_ACTION_REF: undefined }],
    ['no server', { GITHUB_SERVER_URL: undefined }],
    ['a ref that would end a link', { GITHUB_ACTION_REF: 'v1) [x](https://example.com' }],
    ['a ref that climbs', { GITHUB_ACTION_REF: '../../../other' }],
    ['a ref with a bar', { GITHUB_ACTION_REF: 'a|b' }],
    ['a repository with a blank', { GITHUB_ACTION_REPOSITORY: 'owner/a b' }],
    ['a server without TLS', { GITHUB_SERVER_URL: 'http://github.com' }],
  ])('is not known with %s', (_, parts) => {
    expect(rulesPageOf({ ...github, ...parts })).toBeUndefined();
  });
});
