/**
 * One operation of the service, as its table row says it: what it takes, what it answers, who may call.
 * Schemas are valibot's: those that validate the input, and those that type the answers.
 *
 * @module
 */
import type * as v from 'valibot';
import type { Security } from './security.ts';

export type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;
export type ObjectSchema = Schema & { readonly entries: Readonly<Record<string, Schema>> };

/** By media type. */
export type Content = Readonly<Record<string, Schema>>;

/** Described in headers.ts. `always` is held against every answer. */
export type HeaderName = 'Cache-Control' | 'ETag' | 'Location' | 'Retry-After' | 'WWW-Authenticate';
type Presence = 'always' | 'sometimes';

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

/** By route: as in serverless.yml, and below /admin/api as in lib/faces/admin/routes.ts. */
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

/** A browser without a token, which asks for a page, is sent to sign in. */
export const TO_LOGIN: Answer = {
  description: 'To the login page, for a browser; it comes back signed in.',
  headers: { Location: 'always' },
};

/** The same, where no sign-in of the browser counts: that of the console does. */
export const TO_PORTAL: Answer = {
  description: 'To the portal, for a browser; it signs the person in, and calls this there.',
  headers: { Location: 'always' },
};

export type Headers = NonNullable<Answer['headers']>;

export const json = (schema: Schema, description: string, headers?: Headers): Answer => ({
  description,
  content: { 'application/json': schema },
  ...(headers && { headers }),
});
