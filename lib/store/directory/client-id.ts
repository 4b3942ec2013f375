/**
 * What may be a client's id: 3 to 64 letters, digits, dots, underscores and hyphens.
 *
 * A token's `sub` and `client_id` are what backends go by, so a client must never be able to pass for
 * somebody else: not for a user (24 hexadecimal digits), and not for a face of ours, whose name is the
 * `client_id` of the sessions that it opens.
 *
 * @module
 * @see RFC 9700 §4.15 (a client that chooses its id can be mistaken for a resource owner)
 */
import { PRODUCTS } from '../../products.ts';

const GRAMMAR = /^[A-Za-z0-9._-]{3,64}$/;
const USER_ID = /^[0-9a-f]{24}$/i;
const FACES: ReadonlySet<string> = new Set(PRODUCTS);
const RESERVED: ReadonlySet<string> = new Set([
  ...FACES,
  // Items of the directory that are no subjects.
  'keys',
  'roles',
  'roots',
  'resources',
  'settings',
  // The `client` of other sessions that no client opened.
  'latchkey',
  'api-key',
  'domain-token',
  // Names of members that are none: what is kept by a client's id would be lost, or be something else.
  '__proto__',
  'constructor',
  'prototype',
]);

export const isClientId = (id: string): boolean =>
  GRAMMAR.test(id) && !USER_ID.test(id) && !RESERVED.has(id.toLowerCase());

/** Whether a session of this `client` was opened by a face of ours, and so by no client. */
export const isFace = (client: string): boolean => FACES.has(client);
