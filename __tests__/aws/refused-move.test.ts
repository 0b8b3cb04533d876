import { describe, expect, it } from '@jest/globals';
import { classify } from '../../src/aws/errors.js';
import { awsError } from '../builders/fake-aws.js';

describe('a refused move', () => {
  const refused = (action: string) =>
    classify(awsError('AccessDeniedException', 'User is not authorized', 403), action, 'app-7').remedy;

  it('hints at conditions that no read shows', () => {
    expect(refused('lambda:UpdateFunctionConfiguration')).toContain('`lambda:VpcIds`');
    expect(refused('lambda:ListTags')).not.toContain('VpcIds');
  });
});
