import { describe, expect, it } from '@jest/globals';
import { refusalIn } from '../../src/apply/answered.js';
import { type Sending, sendCall } from '../../src/apply/send.js';
import { waiting } from '../builders/clock.js';
import { fakeAws } from '../builders/fake-aws.js';

const item = (Code: string, Message = Code) => ({ ResourceId: 'vpce-1', Error: { Code, Message } });
const answer = (...Unsuccessful: ReturnType<typeof item>[]) => ({ Unsuccessful });

describe('an answer of success that lists what was not done', () => {
  it.each([
    ['nothing is listed', answer(), undefined],
    ['what is listed is gone already', answer(item('InvalidVpcEndpointId.NotFound')), undefined],
    ['something is refused', answer(item('OperationNotPermitted')), 'OperationNotPermitted'],
    [
      'something is gone and something refused',
      answer(item('InvalidVpcEndpoint.NotFound'), item('DependencyViolation')),
      'DependencyViolation',
    ],
  ])('%s', (_name, answered, code) => {
    expect(refusalIn('ec2:DeleteVpcEndpoints', answered)?.name).toBe(code);
  });

  it('is looked into for deletions only', () => {
    expect(refusalIn('ec2:CreateTags', answer(item('OperationNotPermitted')))).toBeUndefined();
  });

  it('is an error of the change, with its words', async () => {
    const sending: Sending = {
      aws: fakeAws({ 'ec2:DeleteVpcEndpoints': answer(item('OperationNotPermitted', 'It is managed.')) }),
      waiting: waiting(),
      tell: () => undefined,
      subject: 'vpc-endpoint-deletion/logs',
      lookUp: () => undefined,
      policyIsNew: () => false,
      madeBefore: [],
    };
    const sent = await sendCall(
      { action: 'ec2:DeleteVpcEndpoints', input: { VpcEndpointIds: ['vpce-1'] } },
      sending,
    );
    expect(sent).toMatchObject({ ok: false, problem: { awsCode: 'OperationNotPermitted' } });
    expect(!sent.ok && sent.problem.message).toContain('It is managed.');
  });
});
