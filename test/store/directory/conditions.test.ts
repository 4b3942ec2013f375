/** As of the sessions’ table: what may be changed once, and what only by who has seen the last change. */
import { describe, expect } from 'vitest';
import { put, type Table } from '../../../lib/aws/table.ts';
import {
  domainKey,
  raiseDomain,
  raiseDomainTo,
  saveDomain,
} from '../../../lib/store/directory/domains.ts';
import { claimHome, markHome } from '../../../lib/store/directory/home.ts';
import { replacePasswordHash } from '../../../lib/store/directory/password-hash.ts';
import { KEYS, publishKeys } from '../../../lib/store/directory/public-keys.ts';
import { REGISTRY } from '../../../lib/store/directory/resources.ts';
import { saveSettings } from '../../../lib/store/directory/settings.ts';
import { asRead, subjectKey } from '../../../lib/store/directory/subjects.ts';
import { forgetCount } from '../../../lib/store/directory/user-count.ts';
import { verifying } from '../../../lib/store/directory/verified.ts';
import { EXPORT_HEAD, moveExportHead } from '../../../lib/store/events/export-head.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';
import { userItem } from '../../support/actors/people.ts';
import { type Conditional, testCondition, written } from '../../support/data/conditional.ts';

const NOW = instant(1_800_000_000);
const SETTINGS = { pk: 'settings', sk: 'settings', version: 3, faveoApiKeyMandatory: false };
const settings = { version: 3, faveoApiKeyMandatory: false };
const USER = userItem({ id: 'user', names: ['u'], passwordHash: 'verified' });
const STORED_USER = { ...subjectKey('user'), passwordHash: 'verified', version: 3 };
const VERIFIED = { email: { at: 1, means: 'link', address: 'a@example.com' } };
const domain = { name: 'd.example', disabled: false, generation: 10, version: 3 };
const DOMAIN = { ...domainKey('d.example'), ...domain, list: 'domain', listSort: 'd.example' };
const GONE = { 'there is none': 'none' } as const;
const CHANGED = { ...GONE, 'it has changed since': { version: 4 } };
const BESIDE = { pk: 'beside', sk: 'beside' };
const withBeside = (table: Table) => [{ table, put: BESIDE }];
const COUNT = { pk: 'count#users', sk: 'd.example#a', userCount: 0 };
const HEAD = { ...EXPORT_HEAD, hour: '2026-11-29T08', sha256: 'a' };
const { hour, sha256 } = HEAD;
const NEXT = { hour: '2026-11-29T09', sha256: 'b' };

const CONDITIONS: readonly Conditional[] = [
  {
    what: 'settings are changed',
    item: SETTINGS,
    write: (directory) =>
      saveSettings(directory, settings, { ...settings, faveoApiKeyMandatory: true }),
    after: { version: 4, faveoApiKeyMandatory: true },
    unless: CHANGED,
  },
  {
    what: 'settings are changed, with more',
    item: SETTINGS,
    write: (directory) =>
      saveSettings(
        directory,
        settings,
        { ...settings, faveoApiKeyMandatory: true },
        withBeside(directory),
      ),
    after: { version: 4, faveoApiKeyMandatory: true },
    beside: [BESIDE],
    unless: CHANGED,
  },
  {
    what: 'first settings are made',
    item: 'none',
    write: (directory) => saveSettings(directory, { ...settings, version: 0 }, settings),
    after: { ...SETTINGS, version: 1 },
    unless: { 'there are some': SETTINGS },
  },
  {
    what: 'an address is verified',
    item: STORED_USER,
    write: (directory) =>
      written(
        verifying(directory, { id: 'user', version: 3 }, { verified: VERIFIED, updatedAt: NOW }),
      ),
    after: { verified: VERIFIED, updatedAt: NOW, version: 4 },
    unless: CHANGED,
  },
  {
    what: 'a password’s hash is made anew',
    // Something else may have changed since it was read.
    item: { ...STORED_USER, version: 7 },
    write: async (directory) =>
      (await replacePasswordHash(directory, USER, 'stronger')) !== undefined,
    after: { passwordHash: 'stronger', version: 8 },
    unless: { ...GONE, 'the password is another': { passwordHash: 'other' } },
  },
  {
    what: 'a subject is written that was read',
    item: STORED_USER,
    write: (directory) => put(directory, { ...STORED_USER, version: 4 }, asRead({ version: 3 })),
    after: { version: 4 },
    unless: { ...CHANGED, 'it has no version': { version: undefined } },
  },
  {
    what: 'a subject is written that was read without a version',
    item: subjectKey('domain#d'),
    write: (directory) => put(directory, { ...subjectKey('domain#d'), version: 1 }, asRead({})),
    after: { version: 1 },
    unless: { ...GONE, 'it has one by now': { version: 1 } },
  },
  {
    what: 'a counter of nobody goes',
    item: COUNT,
    write: (directory) => forgetCount(directory, 'd.example'),
    after: 'gone',
    unless: {
      ...{ 'it counts somebody': { userCount: 1 }, 'there is none': 'none' },
      ...{
        'it is of another domain': { sk: 'e.example#a' },
        'or of one below': { sk: 'd.example.d#a' },
      },
    },
  },
  {
    what: 'a domain is saved',
    item: DOMAIN,
    write: (directory) => saveDomain(directory, domain, { ...domain, signUp: 'open' }),
    after: { signUp: 'open', version: 4 },
    unless: CHANGED,
  },
  {
    what: 'a domain is saved with what a verdict reads of it',
    item: DOMAIN,
    write: (directory) => saveDomain(directory, domain, { ...domain, disabled: true }),
    after: { disabled: true, version: 4 },
    unless: CHANGED,
  },
  {
    what: 'a domain’s generation rises',
    item: DOMAIN,
    write: (directory) => raiseDomain(directory, 'd.example', withBeside(directory)),
    after: { generation: 11, version: 4 },
    beside: [BESIDE],
    unless: GONE,
  },
  {
    what: 'a domain’s generation rises to a number',
    item: DOMAIN,
    write: (directory) =>
      raiseDomainTo(directory, 'd.example', epochMilliseconds(11), withBeside(directory)),
    after: { generation: 11, version: 4 },
    beside: [BESIDE],
    unless: { ...GONE, 'it is so high': { generation: 11 }, 'it is higher': { generation: 12 } },
  },
  {
    what: 'keys are published',
    item: { ...KEYS, madeAt: NOW - 1, keys: [] },
    write: (directory) => publishKeys(directory, [{ kid: 'a' }], NOW, withBeside(directory)),
    after: { madeAt: NOW, keys: [{ kid: 'a' }] },
    also: { 'the set is the same': { madeAt: NOW } },
    beside: [BESIDE],
    unless: { 'there is a younger set': { madeAt: NOW + 1 } },
  },
  {
    what: 'the export moves on',
    item: HEAD,
    write: (table) => moveExportHead(table, { hour, sha256 }, NEXT),
    after: NEXT,
    unless: {
      ...GONE,
      'it has moved': { hour: NEXT.hour },
      'another put the file': { sha256: 'c' },
    },
  },
  {
    what: 'the export begins',
    item: 'none',
    write: (table) => moveExportHead(table, undefined, NEXT),
    after: { ...EXPORT_HEAD, ...NEXT },
    unless: { 'it has begun': HEAD },
  },
];

describe.each(CONDITIONS)('$what', (conditional) => testCondition('directory', conditional));

describe('where a directory is at home', () => {
  const AT_HOME = { home: expect.stringMatching(/^directory-/) };
  const REGISTERED = { ...REGISTRY, version: 1, patterns: {} };
  const homes: readonly Conditional[] = [
    {
      what: 'is said once a restore is finished',
      item: { ...REGISTERED, home: 'elsewhere' },
      write: markHome,
      after: AT_HOME,
      also: { 'nothing is said': { home: undefined } },
      unless: GONE,
    },
    {
      what: 'is claimed where nothing is said',
      item: REGISTERED,
      write: claimHome,
      after: AT_HOME,
      unless: GONE,
    },
    {
      what: 'is not claimed of a restored one',
      item: { ...REGISTERED, home: 'elsewhere' },
      write: async (directory) => {
        await expect(claimHome(directory)).rejects.toThrow(/restore finish/);
      },
      after: {},
      unless: {},
    },
  ];
  describe.each(homes)('$what', (conditional) => testCondition('directory', conditional));
});
