/**
 * What the collections of the admin API have in common, as operations.
 *
 * @module
 */

import {
  type Answer,
  type Answers,
  json,
  type ObjectSchema,
  type Operation,
  type Operations,
  type Schema,
} from '../../openapi/operation.ts';
import { refusals } from '../../openapi/refusals.ts';
import { ANY_CALLER } from '../../openapi/security.ts';
import { Problem, pageOf } from './answers.ts';
import { BASE } from './call.ts';

const ours = refusals({ 'application/problem+json': Problem });

/** Of any of its calls. */
export const refused = (...statuses: number[]): Answers => ours(401, 403, ...statuses);

export const shown = (schema: Schema, description: string): Answer =>
  json(schema, description, { ETag: 'always' });
const made = (schema: Schema): Answer =>
  json(schema, 'Created.', { ETag: 'always', Location: 'always' });
export const gone: Answer = { description: 'It is gone, now or already.' };

/** RFC 7396. Plain JSON is taken for one, too; two types that say the same confuse generators. */
export const changeBody = (schema: Schema, example: unknown) => ({
  content: { 'application/merge-patch+json': schema },
  example,
});

export type Collection = {
  /** Below /admin/api. */
  place: string;
  /** One of them, in an operationId. */
  one: string;
  item: Schema;
  /** What the answer that makes it shows, where that is more. */
  made?: Schema;
  query: ObjectSchema;
  /** Of its parameters, where that is not what the name says anyway. */
  about?: Readonly<Record<string, string>>;
  make?: { body: Schema; example: unknown; about?: string };
  change: { body: Schema; example: unknown };
  /** As in lib/faces/admin/routes.ts, where it is not `{id}`. */
  id?: string;
};

/** Of users and of clients. */
export const FILTERS = {
  role: 'Only those who hold this role by name.',
  state: 'Only those who are enabled, or disabled.',
};

const manyOf = ({ place }: Collection): string =>
  place.replace(/(^|-)[a-z]/g, (letter) => letter.replace('-', '').toUpperCase());
const wordsOf = (name: string): string =>
  name.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase();

/** Lists, shows, changes and deletes, and makes where that is possible. */
export function operationsOf(kind: Collection): Operations {
  const { place, id = '{id}' } = kind;
  const all = `${BASE}/${place}`;
  return {
    [`GET ${all}`]: list(kind),
    ...(kind.make && { [`POST ${all}`]: create(kind, kind.make) }),
    [`GET ${all}/${id}`]: show(kind),
    [`PATCH ${all}/${id}`]: change(kind),
    [`DELETE ${all}/${id}`]: remove(kind),
  };
}

const list = (kind: Collection): Operation => ({
  id: `adminList${manyOf(kind)}`,
  summary: `List ${wordsOf(manyOf(kind))}.`,
  security: ANY_CALLER,
  query: kind.query,
  ...(kind.about && { about: kind.about }),
  answers: { 200: json(pageOf(kind.item), 'A page.'), ...refused(400, 404) },
});

const create = (
  kind: Collection,
  { body, example, about }: NonNullable<Collection['make']>,
): Operation => ({
  id: `adminCreate${kind.one}`,
  summary: `Create a ${wordsOf(kind.one)}.`,
  ...(about && { description: about }),
  security: ANY_CALLER,
  body: { content: { 'application/json': body }, example },
  answers: { 201: made(kind.made ?? kind.item), ...refused(400, 404, 409) },
});

const show = (kind: Collection): Operation => ({
  id: `adminShow${kind.one}`,
  summary: `Show a ${wordsOf(kind.one)}.`,
  security: ANY_CALLER,
  answers: { 200: shown(kind.item, 'As it is now.'), ...refused(400, 404) },
});

const change = (kind: Collection): Operation => ({
  id: `adminChange${kind.one}`,
  summary: `Change a ${wordsOf(kind.one)}: what is left out stays, null takes away (RFC 7396).`,
  security: ANY_CALLER,
  ifMatch: 'required',
  body: changeBody(kind.change.body, kind.change.example),
  answers: { 200: shown(kind.item, 'As it is now.'), ...refused(400, 404, 409, 412, 428) },
});

const remove = (kind: Collection): Operation => ({
  id: `adminDelete${kind.one}`,
  summary: `Delete a ${wordsOf(kind.one)}.`,
  security: ANY_CALLER,
  ifMatch: 'optional',
  answers: { 204: gone, ...refused(400, 409, 412) },
});
