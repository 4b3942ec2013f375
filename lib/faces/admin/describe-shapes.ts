/**
 * All shapes that the admin API takes and answers, for the components of its document.
 *
 * @module
 */
import * as acts from './acts.ts';
import * as answers from './answers.ts';
import * as auditAnswers from './audit-answers.ts';
import * as auditSchemas from './audit-schemas.ts';
import * as brandSchemas from './brand-schemas.ts';
import * as clientSchemas from './client-schemas.ts';
import * as counted from './counted.ts';
import * as domainAnswers from './domain-answers.ts';
import * as explained from './explained.ts';
import * as holding from './holding-answers.ts';
import * as imported from './import-answers.ts';
import * as importSchemas from './import-schemas.ts';
import * as schemas from './schemas.ts';
import * as signingKeys from './signing-keys-answers.ts';

export const REQUESTS = [schemas, clientSchemas, brandSchemas, auditSchemas, importSchemas];
export const ANSWERS = [
  answers,
  acts,
  domainAnswers,
  auditAnswers,
  holding,
  signingKeys,
  explained,
  counted,
  imported,
];
