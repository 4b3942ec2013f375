/**
 * The documented domain, resources, roles and users of the local stack. Their passwords are known to
 * everybody.
 *
 * @module
 */

import type { RoleEdit } from '../lib/manage/roles/edit.ts';
import type { Registration } from '../lib/manage/users/register.ts';
import { OWN_RESOURCES } from '../lib/store/directory/own-resources.ts';

/** The one domain of the local stack, and the one of users who are made at `POST /user`. */
export const DOMAIN = 'mydomain.com';

/** The resources of the documented `root`, as spelt there, and what the example API adds. */
const WEBITEL_RESOURCES = [
  'license',
  'system/reload',
  'account',
  'domain/item',
  'domain',
  'gateway/profile',
  'gateway',
  'outbound/list',
  'cdr/media',
  'cdr/files',
  'cdr',
  'hook',
  'book',
  'dialer/members',
  'dialer',
  'cc/queue',
  'cc/members',
  'cc/tiers',
  'channels',
  'rotes/domain',
  'rotes/extension',
  'rotes/public',
  'rotes/default',
  'calendar',
  'blacklist',
  'acl/resource',
  'acl/roles',
];
const EXAMPLE_RESOURCES = ['api/v1/Sessions'];
/** Where the example APIs that have no paths of their own keep what these resources stand for. */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  cdr: ['/cdr', '/graphql/Query', '/graphql/Mutation'],
  'cdr/files': ['/cdr/files', '/graphql/Call/note'],
  channels: ['/channels', '/websocket'],
};

/** Name to patterns; none means the default one. */
export const RESOURCES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...WEBITEL_RESOURCES, ...EXAMPLE_RESOURCES].map((name) => [name, PATTERNS[name] ?? []]),
);

export const ROLES: readonly RoleEdit[] = [
  {
    name: 'root',
    number: 2,
    parents: [],
    acl: Object.fromEntries(
      [...WEBITEL_RESOURCES, ...Object.keys(OWN_RESOURCES)].map((name) => [name, ['*']]),
    ),
  },
  {
    name: 'user',
    number: 0,
    parents: [],
    acl: { cdr: ['r'], 'cdr/files': ['ro'], book: ['c', 'r', 'u', 'd'] },
  },
  {
    name: 'admin',
    number: 1,
    parents: ['user'],
    acl: {
      account: ['*'],
      cdr: ['*'],
      'cdr/files': ['*'],
      'api/v1/Sessions': ['*'],
      users: ['*'],
      'helpdesk/api_key': ['*'],
      // The own domain, and a look at what belongs to the whole deployment.
      'admin/users': ['*'],
      'admin/clients': ['*'],
      'admin/keys': ['*'],
      'admin/domain-tokens': ['*'],
      'admin/sessions': ['*'],
      'admin/audit': ['r'],
      'admin/domains': ['r'],
      'admin/roles': ['r'],
      'admin/resources': ['r'],
    },
  },
  { name: 'api', number: -1, parents: [], acl: { 'api/v1/Sessions': ['r'] } },
];

export const USERS: readonly Registration[] = [
  { username: '100@mydomain.com', password: 'secret', roles: ['root'], domain: DOMAIN },
  { username: '200@mydomain.com', password: 'secret', roles: ['user'], domain: DOMAIN },
  {
    username: 'abc@example.com',
    email: 'abc@example.com',
    password: 'abc321',
    roles: ['user'],
    domain: DOMAIN,
    activated: true,
    profile: {
      name: 'Alice Beatrice Clark',
      given_name: 'Alice',
      family_name: 'Clark',
      middle_name: 'Beatrice',
      nickname: 'abc',
      profile: 'https://example.com/abc',
      picture: 'https://example.com/abc.png',
      website: 'https://example.com',
      gender: 'female',
      birthdate: '1985-04-12',
      zoneinfo: 'Europe/Prague',
      locale: 'en-GB',
      phone_number: '+420 555 0100',
      address: {
        formatted: 'Example Street 1\n110 00 Prague\nCzechia',
        street_address: 'Example Street 1',
        locality: 'Prague',
        region: 'Prague',
        postal_code: '110 00',
        country: 'Czechia',
      },
      company: 'Example',
    },
  },
  {
    username: 'demoadmin',
    email: 'demoadmin@example.com',
    password: 'demopass',
    roles: ['admin'],
    domain: DOMAIN,
    activated: true,
    profile: { given_name: 'Demo', family_name: 'Admin' },
  },
];
