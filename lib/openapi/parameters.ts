/**
 * What parameters of paths and queries mean, by their names; an operation may say it better.
 *
 * @module
 */
export const ABOUT: Readonly<Record<string, string>> = {
  id: 'Which one.',
  name: 'Its name.',
  uuid: 'The id of a domain token.',
  ticket: 'From the answer to the deletion.',
  limit: 'How many at most.',
  cursor:
    'The `next` of the page before: for the same caller, list and filters. Without it, the first page.',
  domain: "The domain; the caller's own, unless it is said.",
  owner: 'The id of a user or a client, or `domain#` and a name; the caller, unless it is said.',
  subject: 'The id of a user or a client; the caller, unless it is said.',
  login: 'Only the one who signs in with this name or e-mail address.',
  from: 'Epoch seconds, included.',
  to: 'Epoch seconds, included; now, unless it is said.',
  filter: '`scope:` and a scope: only users who have it.',
  pattern: 'A part of the username; letter case does not matter.',
  sort: '`created` or `username`, then `:1` or `:-1`.',
  method: 'Of the call, in capitals.',
  path: 'Of the call, percent-encoded as it is sent.',
  offset: 'How many are skipped.',
};
