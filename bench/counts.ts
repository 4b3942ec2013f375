/**
 * What each operation of a warm function sends to DynamoDB, and what that bills: no timings, so the bench holds
 * them as limits, and test/bench/requests.test.ts to the number.
 *
 * @module
 */
export type Counted = { requests: number; units: { read: number; write: number } };

export const EXPECTED: Readonly<Record<string, Counted>> = {
  'login (Webitel)': { requests: 4, units: { read: 8, write: 5 } },
  'login (Appmixer)': { requests: 4, units: { read: 8, write: 5 } },
  'login (Faveo)': { requests: 5, units: { read: 9, write: 5 } },
  'client credentials (Mluvii)': { requests: 2, units: { read: 2, write: 2 } },
  'login, wrong password': { requests: 6, units: { read: 6, write: 5 } },
  'authorized call': { requests: 1, units: { read: 3, write: 0 } },
  'authorized call, API key, first of an instance': { requests: 3, units: { read: 5, write: 1 } },
  'authorized call, API key': { requests: 1, units: { read: 3, write: 0 } },
  'authorized call, API key in 8 copies': { requests: 1, units: { read: 3, write: 0 } },
  'authorized call, first after an edit of a role': { requests: 2, units: { read: 7, write: 0 } },
  logout: { requests: 1, units: { read: 0, write: 5 } },
  'revoke (RFC 7009)': { requests: 4, units: { read: 4, write: 5 } },
};
