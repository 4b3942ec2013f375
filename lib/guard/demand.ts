/**
 * Kinds of credentials, what may be demanded of each, and the rows that routes share (demands.ts).
 *
 * @module
 */
export const KINDS = ['user', 'grant', 'key', 'client', 'domain', 'cookie', 'none'] as const;
/**
 * user: a session that a person opened at a face. grant: a user's, given to an OAuth client, with
 * scopes. key: an API key. client: a client's own token. domain: a domain's token. cookie: a browser
 * that has signed in. none: no credential.
 */
export type Kind = (typeof KINDS)[number];

/**
 * anybody      nothing: a credential is not looked at, or has its own place in the request
 * open         nothing, where the deployment leaves it to everybody; else nothing will do
 * client       that an OAuth client proves who it is; other credentials count for nothing
 * session      that it lives
 * letter       the method's letter on the resource of the path, within the scope
 * openid       that word in its scope
 * full_access  that word in its scope: for what is a person's own, and no resource's
 * makes_users  that word, and beside it `users:c`: what makes a user is administration
 * page         that a person navigates there; it is the person who calls
 * form         a form that one of our pages made for this browser
 * refused      nothing will do
 */
export type Demand =
  | 'anybody'
  | 'open'
  | 'client'
  | 'session'
  | 'letter'
  | 'openid'
  | 'full_access'
  | 'makes_users'
  | 'page'
  | 'form'
  | 'refused';
export type Row = Readonly<Record<Kind, Demand>>;

const each = (demand: Demand): Row =>
  Object.fromEntries(KINDS.map((kind) => [kind, demand])) as Row;

export const OPEN = each('anybody');
/** That of a client, which is in the form, or in Authorization by Basic. */
export const OF_CLIENTS = each('client');
export const PAGE: Row = { ...OPEN, cookie: 'page' };
export const FORM: Row = { ...OPEN, cookie: 'form' };

export const REFUSED = each('refused');
export const LETTER: Row = { ...each('letter'), cookie: 'refused', none: 'refused' };
/** What is grave (lib/faces/admin/grave.ts) at a route of its own. */
export const OF_PERSONS: Row = { ...REFUSED, user: 'letter', grant: 'letter' };
/** What is a person's own: no key's, whatever it may do elsewhere, and no client's unless all is. */
export const PERSONAL: Row = { ...REFUSED, user: 'session', grant: 'full_access' };
/** And no client's, not even of one that was given all. */
export const IN_PERSON: Row = { ...REFUSED, user: 'session' };
/** Who it is itself, and what it may do. */
export const ITSELF: Row = {
  ...PERSONAL,
  key: 'session',
  domain: 'session',
  client: 'full_access',
};
/** What it may do, told to the credential itself: also to one that may do nothing. */
export const OF_ITSELF: Row = { ...each('session'), cookie: 'refused', none: 'refused' };
/** Who it is besides: no client's that was not given all, for it is told of the user. */
export const ABOUT_ITSELF: Row = { ...OF_ITSELF, grant: 'full_access' };
/** Where a role is asked for; what no resource stands for is no business of a narrow scope's. */
export const BY_ROLE: Row = {
  ...ITSELF,
  grant: 'makes_users',
  client: 'makes_users',
  none: 'open',
};
/** A session's own end. A standing one is ended by whoever administers it. */
export const ENDED: Row = { ...REFUSED, user: 'session', grant: 'session', client: 'session' };
