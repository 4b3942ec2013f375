/**
 * One operation of the service, as its table row says it: what it takes, what it answers, who may call.
 * Schemas are valibot's: those that validate the input, and those that type the answers.
 *
 * @module
 */
import * as v from 'valibot';
import { GATEWAY } from './gateway.ts';
import type { Security } from './security.ts';

export type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;
export type ObjectSchema = Schema & { readonly entries: Readonly<Record<string, Schema>> };

/** By media type. */
export type Content = Readonly<Record<string, Schema>>;

/** Described in headers.ts. `always` is held against every answer. */
export type HeaderName =
  | 'Allow'
  | 'Cache-Control'
  | 'ETag'
  | 'Location'
  | 'Retry-After'
  | 'WWW-Authenticate';
export type Presence = 'always' | 'sometimes';

export type Answer = {
  description: string;
  /** None where the status says all. */
  content?: Content;
  headers?: Readonly<Partial<Record<HeaderName, Presence>>>;
};
export type Answers = Readonly<Record<number, Answer>>;

export type Body = {
  content: Content;
  /** What a caller may send, of the first media type. */
  example?: unknown;
  optional?: boolean;
};

export type Operation = {
  /** The `operationId`: what a generated client calls it, so it never changes. */
  id: string;
  summary: string;
  description?: string;
  security: Security;
  /** What stands in the `{names}` of the path, where it is not just any text. */
  path?: Readonly<Record<string, Schema>>;
  query?: ObjectSchema;
  /** Of the query and the path, where parameters.ts does not say it. */
  about?: Readonly<Record<string, string>>;
  ifMatch?: 'required' | 'optional';
  body?: Body;
  answers: Answers;
};

/** By route: as in serverless.yml, and below /admin/api as in lib/admin/routes.ts. */
export type Operations = Readonly<Record<string, Operation>>;

/** `{id+}` takes slashes; in a template of OpenAPI it is a name like any other. */
export const templateOf = (path: string): string => path.replace('+}', '}');

/** A module of schemas; whatever else it exports is left out. */
export type Schemas = Readonly<Record<string, unknown>>;

export type Face = {
  tag: string;
  description: string;
  /** What its schemas are called in the document: `Appmixer` and the name here. */
  prefix: string;
  requests: readonly Schemas[];
  answers: readonly Schemas[];
  operations: Operations;
};

type Headers = NonNullable<Answer['headers']>;

export const json = (schema: Schema, description: string, headers?: Headers): Answer => ({
  description,
  content: { 'application/json': schema },
  ...(headers && { headers }),
});

const MEANING: Readonly<Record<number, string>> = {
  400: 'The input is not valid; the text names the field where there is one.',
  401: 'There is no valid credential.',
  403: 'The caller may not do this.',
  404: 'There is no such thing, or none within reach.',
  409: 'It contradicts what is there, such as a name that is taken.',
  412: 'The thing was changed since it was read.',
  428: 'If-Match is missing.',
  429: 'Too many requests.',
  500: 'A fault of the service.',
  503: 'The service is temporarily unavailable.',
};
const HEADERS: Readonly<Record<number, Headers>> = {
  401: { 'WWW-Authenticate': 'always' },
  403: { 'WWW-Authenticate': 'sometimes' },
  503: { 'Retry-After': 'sometimes' },
};

/**
 * What a face refuses with, and what any call can meet: a fault, and API Gateway's own refusals.
 *
 * @param content - The shape of the face's errors.
 */
export function refusals(content: Content): (...statuses: number[]) => Answers {
  const answer = (status: number, shown: Content): [number, Answer] => {
    const headers = HEADERS[status];
    const description = MEANING[status] ?? 'Refused.';
    return [status, { description, content: shown, ...(headers && { headers }) }];
  };
  return (...statuses) =>
    Object.fromEntries([
      ...statuses.map((status) => answer(status, content)),
      answer(429, GATEWAY),
      ...[500, 503].map((status) => answer(status, eitherOf(content, GATEWAY))),
    ]);
}

/** Media types of both; where both have one, either body. */
export function eitherOf(one: Content, other: Content): Content {
  const shared = Object.entries(other).map(([type, schema]): [string, Schema] => {
    const first = one[type];
    return [type, first ? v.union([first, schema]) : schema];
  });
  return { ...one, ...Object.fromEntries(shared) };
}
