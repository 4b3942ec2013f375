/**
 * What a declared state may hold: each kind of thing, how it is named, and what the service takes of it.
 *
 * Which members there are is asked of the service itself, whose description has them: so the two never
 * disagree, whichever of them is newer.
 *
 * Errors: Failure naming the place in the file.
 *
 * @module
 */
import { exchange } from '../../api/http.ts';
import { Failure } from '../failure.ts';

export const KINDS = ['domains', 'resources', 'roles', 'clients', 'settings'] as const;
export type Kind = (typeof KINDS)[number];
/** What is `null` is not to be there; what is left out stays as it is. */
export type Members = Readonly<Record<string, unknown>>;
/** Settings have the one name that they are not asked by. */
export type Declared = Readonly<Partial<Record<Kind, Readonly<Record<string, Members>>>>>;

export const NOUNS: Readonly<Record<Kind, string>> = {
  domains: 'domain',
  resources: 'resource',
  roles: 'role',
  clients: 'client',
  settings: 'settings',
};
export const SETTINGS = '';
/** The member that is the name. */
export const nameMember = (kind: Kind): string => (kind === 'clients' ? 'id' : 'name');

/** Below /admin/api, in segments. */
export function placeOf(kind: Kind, name: string): readonly string[] {
  if (kind === 'settings') return [kind];
  return [kind, ...(kind === 'resources' ? name.split('/') : [name])];
}

/** In the description of the service. */
const SCHEMAS: Readonly<Record<Kind, { create?: string; change: string }>> = {
  domains: { create: 'AdminNewDomain', change: 'AdminDomainChange' },
  resources: { create: 'AdminNewResource', change: 'AdminResourceChange' },
  roles: { create: 'AdminNewRole', change: 'AdminRoleChange' },
  clients: { create: 'AdminNewClient', change: 'AdminClientChange' },
  settings: { change: 'AdminSettingsChange' },
};
/** Of each kind, what is said where it is made, and what may be changed later. */
export type Taken = Readonly<Record<Kind, { create: Set<string>; change: Set<string> }>>;

export async function askWhatIsTaken(url: string): Promise<Taken> {
  const { body } = await exchange(url, { method: 'GET', path: '/openapi.json' });
  const membersOf = (name: string | undefined): Set<string> => {
    if (name === undefined) return new Set();
    const found = schemaOf(body, name);
    if (!found) throw new Failure(`${url} describes no ${name}: is it a Latchkey?`);
    return new Set(Object.keys(found));
  };
  return Object.fromEntries(
    KINDS.map((kind) => {
      const { create, change } = SCHEMAS[kind];
      return [kind, { create: membersOf(create), change: membersOf(change) }];
    }),
  ) as Taken;
}

type Document = { components?: { schemas?: Record<string, { properties?: object }> } };
const schemaOf = (body: object, name: string): object | undefined =>
  (body as Document).components?.schemas?.[name]?.properties;

/** Before anything is sent. */
export function requireMembers(declared: Declared, taken: Taken): void {
  for (const kind of KINDS)
    for (const [name, members] of Object.entries(declared[kind] ?? {})) {
      const { create, change } = taken[kind];
      const known = create.union(change);
      known.delete(nameMember(kind));
      const unknown = Object.keys(members).find((member) => !known.has(member));
      if (unknown !== undefined)
        throw new Failure(
          `${kind}${name && `: ${name}`}: there is no ${JSON.stringify(unknown.slice(0, 64))}; there is ${[...known].sort().join(', ')}`,
        );
    }
}
