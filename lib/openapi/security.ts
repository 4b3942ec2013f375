/**
 * How callers show who they are: the schemes, and which of them a route takes.
 *
 * @module
 */
export const SCHEMES = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'An access token of any dialect, or an API key.',
  },
  accessToken: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Access-Token',
    description: 'A token whose key is sent beside it, in X-Key; a domain token stands alone.',
  },
  key: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Key',
    description: 'The key that came with the token in X-Access-Token.',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key.' },
  tokenInQuery: {
    type: 'apiKey',
    in: 'query',
    name: 'token',
    description:
      'An access token, in place of a header; a URL is a poor place, since others log it.',
  },
  clientBasic: {
    type: 'http',
    scheme: 'basic',
    description:
      'client_secret_basic (RFC 6749 §2.3.1): id and secret of an OAuth client, each form-encoded. ' +
      'Or client_id and client_secret in the form, and no such header.',
  },
} as const;

type Scheme = keyof typeof SCHEMES;
/** Alternatives; each a set of schemes that are needed together. */
export type Security = readonly (readonly Scheme[])[];

export const NOBODY_IN_PARTICULAR: Security = [];
export const ANY_CALLER: Security = [
  ['bearer'],
  ['accessToken', 'key'],
  ['accessToken'],
  ['apiKey'],
];
/** In the header; by POST it may stand in a form instead. */
export const BEARER_ONLY: Security = [['bearer'], []];
/** Of a product whose own clients send the token in the query. */
export const orInQuery = (security: Security): Security => [...security, ['tokenInQuery']];
/** Where it depends on a setting. */
export const PERHAPS_A_CALLER: Security = [[], ...ANY_CALLER];
/** The header or the halves elsewhere in the request. */
export const BOTH_HALVES: Security = [['accessToken', 'key'], []];
/** By the header, or in the form. */
export const CLIENT: Security = [['clientBasic'], []];
/** A person, or a client that was given all that the person may: no key, and no domain. */
export const IN_PERSON: Security = ANY_CALLER.filter(
  (one) => one.includes('bearer') || one.includes('key'),
);
