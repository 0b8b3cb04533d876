/** An id as AWS makes them: a prefix and hexadecimal digits. */
export function id(prefix: string, number: number): string {
  return `${prefix}-${number.toString(16).padStart(17, '0')}`;
}

/** The account of every world, unless a test says otherwise. */
export const ACCOUNT = '123456789012';
/** Somebody else's account. */
export const OTHER_ACCOUNT = '210987654321';
/** The region of every world, unless a test says otherwise. */
export const REGION = 'us-east-2';
/** Owner tag of the repository that runs. */
export const OWNER_ID = '4711';
