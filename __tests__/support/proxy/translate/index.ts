import type { Handlers } from '../handler.js';
import { absentHandlers } from './absent.js';
import { endpointServiceHandlers } from './endpoint-services.js';
import { endpointHandlers } from './endpoints.js';
import { functionHandlers } from './functions.js';
import { interfaceHandlers } from './interfaces.js';
import { networkHandlers } from './networks.js';
import { roleHandlers } from './roles.js';
import { securityGroupHandlers } from './security-groups.js';
import { sessionHandlers } from './sessions.js';

/** Everything that the proxy does around moto, by action. */
export const handlers: Handlers = {
  ...absentHandlers,
  ...endpointHandlers,
  ...endpointServiceHandlers,
  ...functionHandlers,
  ...interfaceHandlers,
  ...networkHandlers,
  ...roleHandlers,
  ...securityGroupHandlers,
  ...sessionHandlers,
};
