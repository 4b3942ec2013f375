/** Keys that DynamoDB cannot hold, and why. */
import type { Key } from '../../../lib/aws/table.ts';

export const unstorable: [string, Key][] = [
  ['an empty partition', { pk: '', sk: 'item' }],
  ['a partition of 2,049 bytes', { pk: 'a'.repeat(2049), sk: 'item' }],
  ['one of 2,049 bytes in fewer characters', { pk: '漢'.repeat(683), sk: 'item' }],
  ['half of a surrogate pair in the partition', { pk: 'a\ud800', sk: 'item' }],
  ['an empty sort key', { pk: 'a', sk: '' }],
  ['a sort key of 1,025 bytes', { pk: 'a', sk: 'a'.repeat(1025) }],
  ['half of a surrogate pair in the sort key', { pk: 'a', sk: '\udc00a' }],
];
