/**
 * GitHub's client, with the HTTP client it brings. In dist/ this module is a file of its own, which is read when a
 * comment is due; nothing of ours belongs here, because that would be there twice.
 */
export { getOctokit } from '@actions/github';
