/** Id of the change that makes the function's managed group. */
export const FUNCTION_GROUP = 'security-group/function';
/** Id of the change that makes the endpoints' group. */
export const ENDPOINTS = 'security-group/endpoints';

/** Id of the change that deletes the endpoint of a service, by its word. */
export function deletionId(word: string): string {
  return `vpc-endpoint-deletion/${word}`;
}
