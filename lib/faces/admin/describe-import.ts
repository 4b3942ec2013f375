/**
 * The admin API: many users at once.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { BASE } from './call.ts';
import { refused } from './describe-collection.ts';
import * as answers from './import-answers.ts';
import * as schemas from './import-schemas.ts';

export const IMPORTING: Operations = {
  [`POST ${BASE}/users/imports`]: {
    id: 'adminImportUsers',
    summary: 'Import users of another system: each is made, or refused alone.',
    description:
      'A user is as one that is created, without the password; beside that it may have `disabled`, ' +
      '`plan`, `vendor`, `verified` (`email`, `phone_number`: true) and `passwordHash`, as the other ' +
      'system wrote it. One whose username is somebody’s already stays out, so an import that broke ' +
      'off is done again as a whole; with `onExists: update`, which takes `u` on `admin/users`, what is ' +
      'said of somebody of the same domain is changed, and the password too with `replacePasswords`. ' +
      '`import` says which import it is, and which line of it each user: one that is sent again is ' +
      'answered as it was at first. `trustVerified` believes what is said of addresses and takes ' +
      '`root`; without it `verified` counts for nothing.',
    security: ANY_CALLER,
    body: {
      content: { 'application/json': schemas.UserImport },
      example: {
        users: [
          {
            username: 'ada@mydomain.com',
            roles: ['user'],
            passwordHash: '$2b$05$HDThP4oaA50klHfcqCLv4OWBRYJ..pNNKZX9v6er8IRsdzBqjkG.q',
          },
        ],
        dryRun: true,
      },
    },
    answers: { 200: json(answers.ImportedUsers, 'What became of each.'), ...refused(400) },
  },
};
