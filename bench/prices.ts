/**
 * List prices in us-east-1, US dollars for a million.
 *
 * @module
 * @see AWS, "Amazon DynamoDB pricing for on-demand capacity"
 */
const DYNAMODB = { read: 0.125, write: 0.625 };

export const costOf = (units: { read: number; write: number }): number =>
  units.read * DYNAMODB.read + units.write * DYNAMODB.write;

/** What else answers, or issues, without storage and network. */
export const OTHERS: readonly string[][] = [
  [
    'Amazon Verified Permissions, a single authorization request',
    '$5.00',
    'June 2025',
    'aws.amazon.com/verified-permissions/pricing',
  ],
  [
    'Amazon Cognito, a machine token (the first tier; $6 a client and month besides)',
    '$2,250.00',
    'April 2025',
    'aws.amazon.com/cognito/pricing',
  ],
];
