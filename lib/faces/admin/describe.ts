/**
 * The admin API: for each collection what lists, shows, makes, changes and deletes.
 *
 * @module
 */
import { type Face, json, type Operation, type Operations } from '../../openapi/operation.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import * as answers from './answers.ts';
import { BASE } from './call.ts';
import * as clientSchemas from './client-schemas.ts';
import { AUDIT } from './describe-audit.ts';
import {
  type Collection,
  changeBody,
  FILTERS,
  operationsOf,
  refused,
  shown,
} from './describe-collection.ts';
import { CONSENTS } from './describe-consents.ts';
import { EXPLAINING } from './describe-explain.ts';
import { withGrave } from './describe-grave.ts';
import { IMPORTING } from './describe-import.ts';
import { INVITATIONS } from './describe-invitations.ts';
import { MY_OWN } from './describe-my-own.ts';
import { ROLES } from './describe-roles.ts';
import { SESSIONS } from './describe-sessions.ts';
import { ANSWERS, REQUESTS } from './describe-shapes.ts';
import { SIGNING_KEYS } from './describe-signing-keys.ts';
import * as domainAnswers from './domain-answers.ts';
import * as lists from './list-schemas.ts';
import * as schemas from './schemas.ts';
import { KeyChange } from './spread-schemas.ts';

const secret = (of: string) =>
  `The secret of ${of} is in the answer that makes it, and never shown again.`;

const KINDS: readonly Collection[] = [
  {
    place: 'users',
    one: 'User',
    item: answers.User,
    query: lists.UserPageQuery,
    about: { ...FILTERS, prefix: 'Only those whose username begins with it, in any letter case.' },
    make: {
      body: schemas.NewUser,
      example: { username: 'bob@mydomain.com', password: 'correct horse', roles: ['user'] },
    },
    change: { body: schemas.UserChange, example: { disabled: true, email: null } },
  },
  {
    place: 'clients',
    one: 'Client',
    item: answers.Client,
    made: answers.ClientWithSecret,
    query: lists.ClientPageQuery,
    about: { ...FILTERS, prefix: 'Only those whose id begins with it.' },
    make: {
      body: clientSchemas.NewClient,
      example: { id: 'backend', name: 'Backend', roles: ['api'] },
      about: secret('a client'),
    },
    change: { body: clientSchemas.ClientChange, example: { scopes: ['cdr/files:r'] } },
  },
  {
    place: 'keys',
    one: 'Key',
    item: answers.Key,
    made: answers.KeyWithText,
    query: lists.KeyPageQuery,
    about: { domain: 'In place of an owner: all of this domain, the first to expire first.' },
    make: {
      body: schemas.NewKey,
      example: { name: 'ci', acl: { cdr: ['r'] }, expiresAt: 1_900_000_000 },
      about: `expiresAt is epoch seconds. ${secret('an API key')}`,
    },
    change: { body: KeyChange, example: { disabled: true } },
  },
  {
    place: 'domain-tokens',
    one: 'DomainToken',
    item: answers.DomainToken,
    made: answers.DomainTokenWithText,
    query: lists.TokenPageQuery,
    make: {
      body: schemas.NewDomainToken,
      example: { role: 'user', expiresAt: 1_900_000_000 },
      about: `expiresAt is epoch seconds. ${secret('a domain token')}`,
    },
    change: { body: schemas.Switch, example: { disabled: true } },
  },
  {
    place: 'roles',
    one: 'Role',
    item: answers.Role,
    query: schemas.PageQuery,
    make: {
      body: schemas.NewRole,
      example: { name: 'support', parents: ['user'], acl: { cdr: ['r', 'u'] } },
    },
    change: { body: schemas.RoleChange, example: { acl: { cdr: null } } },
  },
  {
    place: 'resources',
    one: 'Resource',
    item: answers.Resource,
    query: schemas.PageQuery,
    make: {
      body: schemas.NewResource,
      example: {
        name: 'cdr/files',
        patterns: ['/cdr/files'],
        title: 'Recordings',
        'title#cs': 'Nahrávky',
      },
    },
    change: { body: schemas.ResourceChange, example: { patterns: ['/cdr/files'] } },
    id: '{id+}',
  },
  {
    place: 'domains',
    one: 'Domain',
    item: domainAnswers.Domain,
    query: schemas.PageQuery,
    make: { body: schemas.NewDomain, example: { name: 'mydomain.com' } },
    change: { body: schemas.DomainChange, example: { disabled: true } },
  },
];

const renewal = (
  one: string,
  item: typeof answers.ClientWithSecret | typeof answers.KeyWithText,
): Operation => ({
  id: `adminRenew${one}Secret`,
  summary: 'Make a new secret; the one before works on for `overlap` seconds.',
  security: ANY_CALLER,
  ifMatch: 'optional',
  body: {
    content: { 'application/json': schemas.Renewal },
    example: { overlap: 3600 },
    optional: true,
  },
  answers: { 200: shown(item, 'With the new secret.'), ...refused(400, 404, 409, 412) },
});

const OTHERS: Operations = {
  [`POST ${BASE}/clients/{id}/secret`]: renewal('Client', answers.ClientWithSecret),
  [`POST ${BASE}/keys/{id}/secret`]: renewal('Key', answers.KeyWithText),
  [`GET ${BASE}/settings`]: {
    id: 'adminShowSettings',
    summary: 'Show the settings.',
    security: ANY_CALLER,
    answers: { 200: shown(answers.Settings, 'As they are now.'), ...refused() },
  },
  [`PATCH ${BASE}/settings`]: {
    id: 'adminChangeSettings',
    summary: 'Change settings: what is left out stays, null takes away (RFC 7396).',
    security: ANY_CALLER,
    ifMatch: 'required',
    body: changeBody(schemas.SettingsChange, { userCreateScope: ['admin'] }),
    answers: { 200: shown(answers.Settings, 'As they are now.'), ...refused(400, 409, 412, 428) },
  },
  ...CONSENTS,
  ...INVITATIONS,
  ...IMPORTING,
  ...ROLES,
  ...SESSIONS,
  ...EXPLAINING,
  ...MY_OWN,
  ...SIGNING_KEYS,
  [`PATCH ${BASE}/resources`]: {
    id: 'adminImportResources',
    summary: 'Register many resources: all of them, or none.',
    security: ANY_CALLER,
    body: changeBody(schemas.ResourceImport, {
      resources: { orders: ['/v1/orders'] },
      dryRun: true,
    }),
    answers: { 200: json(answers.Imported, 'What became of each.'), ...refused(400, 409) },
  },
  ...AUDIT,
};

export const ADMIN: Face = {
  tag: 'Admin',
  description:
    'The admin API: one ACL resource a collection (`admin/users` and so on). An administrator of a ' +
    'domain sees that domain only. Every change leaves an event.',
  prefix: 'Admin',
  requests: REQUESTS,
  answers: ANSWERS,
  operations: withGrave({ ...Object.assign({}, ...KINDS.map(operationsOf)), ...OTHERS }),
};
