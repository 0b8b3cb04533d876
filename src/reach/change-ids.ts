/** Id of the change that makes the function's managed group. */
export const FUNCTION_GROUP = 'security-group/function';
/** Id of the change that makes the endpoints' group. */
export const ENDPOINTS = 'security-group/endpoints';
