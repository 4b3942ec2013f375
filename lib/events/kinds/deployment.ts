/**
 * What is told of what belongs to the whole deployment: roles, resources, domains, settings. Never a key that
 * is a setting.
 *
 * @module
 */
import * as v from 'valibot';
import { BrandItem } from '../../store/directory/brands.ts';
import { type Domain, DomainItem } from '../../store/directory/domains.ts';
import { type Role, RoleItem } from '../../store/directory/roles.ts';
import { type Settings, SettingsItem } from '../../store/directory/settings.ts';
import { DEPLOYMENT } from '../../store/events/event.ts';
import type { Spread } from '../../store/named/manifest.ts';
import { type Change, changesOf, type Kind, renewedOf, shownOf } from './change.ts';
import type { Happened } from './happened.ts';

export const ShownRole = v.strictObject(
  v.partial(v.pick(RoleItem, ['name', 'number', 'parents', 'acl'])).entries,
);
const ROLE: Kind<Role> = {
  noun: 'role',
  shown: ShownRole,
  place: ({ name }) => ({ domain: DEPLOYMENT, subject: `role/${name}`, target: name }),
};
export const changesOfRole = (change: Change<Role>): Happened[] => changesOf(ROLE, change);

const Patterns = v.array(v.string());
export const ShownResource = v.strictObject({
  name: v.optional(v.string()),
  patterns: v.optional(Patterns),
  title: v.optional(v.string()),
  'title#cs': v.optional(v.string()),
});
type Resource = {
  name: string;
  patterns: readonly string[];
  title?: string | undefined;
  'title#cs'?: string | undefined;
};
const RESOURCE: Kind<Resource> = {
  noun: 'resource',
  shown: ShownResource,
  place: ({ name }) => ({ domain: DEPLOYMENT, subject: `resource/${name}`, target: name }),
};
export const changesOfResource = (change: Change<Resource>): Happened[] =>
  changesOf(RESOURCE, change);

/** By name; as many as were imported at once. */
export const ShownImport = v.record(v.string(), Patterns);
type Imported = Readonly<Record<string, readonly string[]>>;
/** @param change - What there was of it, and what there is now. */
export const resourcesImported = ({
  before,
  after,
}: {
  before: Imported;
  after: Imported;
}): Happened[] => {
  const [only = '', ...others] = Object.keys(after);
  return [
    {
      type: 'resources.imported',
      domain: DEPLOYMENT,
      subject: 'deployment',
      target: others.length > 0 ? 'resources' : only,
      before,
      after,
    },
  ];
};

export const ShownDomain = v.strictObject(
  v.partial(
    v.object({
      ...v.pick(DomainItem, [
        'name',
        'disabled',
        'passwords',
        'sessionIdle',
        'sessionAbsolute',
        'signUp',
        'mailDomains',
        'emailCodes',
        'selfDelete',
      ]).entries,
      brand: BrandItem,
    }),
  ).entries,
);
const DOMAIN: Kind<Domain> = {
  noun: 'domain',
  shown: ShownDomain,
  place: ({ name }) => ({ domain: DEPLOYMENT, subject: `domain/${name}`, target: name }),
  switched: { off: 'domain.disabled', on: 'domain.enabled' },
};
export const changesOfDomain = (change: Change<Domain>): Happened[] => changesOf(DOMAIN, change);

/** All sessions of all that are in it have ended. Its administrators see it, too. */
export const domainSignedOut = (name: string): Happened[] => [
  { type: 'domain.signed-out', domain: name, subject: `domain/${name}`, target: name },
];

export const ShownSettings = v.strictObject({
  ...v.partial(
    v.pick(SettingsItem, [
      'userCreateScope',
      'faveoApiKeyMandatory',
      'keyLifetime',
      'maxKeyLifetime',
    ]),
  ).entries,
  /** How what all share is spread; not there while nothing of it is remembered (store/named). */
  memory: v.optional(v.strictObject({ buckets: v.number(), shards: v.number() })),
});
/** Not `cursorKey`: it makes itself, nobody renews it, and it opens nothing (manage/settings/cursor-key.ts). */
const KEYS = { faveoApiKey: 'faveoApiKey' };
export function settingsChanged(before: Settings, after: Settings): Happened[] {
  const renewed = renewedOf(KEYS, before, after);
  return [
    {
      type: 'settings.changed',
      domain: DEPLOYMENT,
      subject: 'deployment',
      target: 'settings',
      before: shownOf(ShownSettings, before),
      after: shownOf(ShownSettings, after),
      ...(renewed.length > 0 && { renewed }),
    },
  ];
}

/** Whether, and how spread, instances remember what all share: nobody may do more or less for it. */
export const memoryChanged = ({ before, after }: Change<Spread>): Happened[] => [
  {
    type: 'settings.changed',
    domain: DEPLOYMENT,
    subject: 'deployment',
    target: 'memory',
    before: before ? { memory: before } : {},
    after: after ? { memory: after } : {},
  },
];
