import type { Context } from '../context.js';
import type { Handlers } from '../handler.js';
import type { AwsRequest } from '../request.js';
import { childOf, setChild, textAt, type XmlElement } from '../xml.js';

/** Sessions of assumed roles: how long they last, and that they end. */
export const sessionHandlers: Handlers = {
  'sts:AssumeRoleWithWebIdentity': { xml: remembered },
};

function remembered(root: XmlElement, _request: AwsRequest, { memory, options }: Context): void {
  const credentials = childOf(childOf(root, 'AssumeRoleWithWebIdentityResult'), 'Credentials');
  if (credentials === undefined) throw new Error('AssumeRoleWithWebIdentity answered without credentials');
  const seconds = options.sessionSeconds[memory.sessions.size];
  if (seconds !== undefined) {
    setChild(credentials, 'Expiration', new Date(Date.now() + seconds * 1000).toISOString());
  }
  memory.sessions.set(textAt(credentials, 'AccessKeyId'), Date.parse(textAt(credentials, 'Expiration')));
}
