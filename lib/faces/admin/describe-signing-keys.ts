/**
 * The admin API: what is shown and asked for of the signing keys.
 *
 * @module
 */
import { json, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { BASE } from './call.ts';
import { refused } from './describe-collection.ts';
import * as answers from './signing-keys-answers.ts';

const asked = {
  202: json(answers.SigningKeys, 'It is asked for; as they are until then.'),
  ...refused(409),
};

export const SIGNING_KEYS: Operations = {
  [`GET ${BASE}/signing-keys`]: {
    id: 'adminListSigningKeys',
    summary: 'List the signing keys: the age of each, and which signs.',
    description: 'For root. What is shown is public.',
    security: ANY_CALLER,
    answers: { 200: json(answers.SigningKeys, 'As they are now.'), ...refused() },
  },
  [`POST ${BASE}/signing-keys/rotation`]: {
    id: 'adminRotateSigningKeys',
    summary:
      'Ask for new signing keys; tokens signed by the old ones stay valid until they expire.',
    description: 'For root.',
    security: ANY_CALLER,
    answers: asked,
  },
  [`POST ${BASE}/signing-keys/withdrawal`]: {
    id: 'adminWithdrawSigningKeys',
    summary: 'Give up all signing keys, and ask for new ones, which sign at once.',
    description:
      'For root. Within five minutes no token of the old keys is accepted: everybody signs in anew.',
    security: ANY_CALLER,
    answers: asked,
  },
};
