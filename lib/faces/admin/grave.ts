/**
 * Which routes of the admin API are grave, and so need a fresh sign-in (lib/authority/fresh-sign-in.ts).
 *
 * `ALWAYS` is seen to before anything else is looked at. Of the others only some calls are, and the rule
 * that tells them apart sees to it: it counts at every other door too.
 *
 * @module
 */
export const ALWAYS = 'always';

/** As in routes.ts. What is not `ALWAYS` says which calls. */
export const GRAVE: Readonly<Record<string, string>> = {
  'POST /users': 'that make a root',
  'POST /users/imports': 'that make a root, or change how one is entered',
  'PATCH /users/{id}':
    "that make a root, set the password or the address of one, or one's own address",

  'POST /clients': ALWAYS,
  'PATCH /clients/{id}': 'that give it the role root',
  'POST /clients/{id}/secret': ALWAYS,

  'POST /keys': ALWAYS,
  'POST /keys/{id}/secret': ALWAYS,

  'POST /domain-tokens': ALWAYS,
  'PATCH /domain-tokens/{id}': 'that switch on one of the role root',

  'PATCH /domains/{id}': 'that disable it',
  'DELETE /domains/{id}': ALWAYS,

  'DELETE /sessions': 'of a whole domain',

  'POST /signing-keys/rotation': ALWAYS,
  'POST /signing-keys/withdrawal': ALWAYS,
};

export const isAlwaysGrave = (route: string): boolean =>
  Object.hasOwn(GRAVE, route) && GRAVE[route] === ALWAYS;
