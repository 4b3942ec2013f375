/**
 * What a verifier or a client may know of the service.
 *
 * @module
 */
import * as v from 'valibot';
import {
  type Answer,
  type Face,
  json,
  type Operation,
  type Schema,
} from '../../openapi/operation.ts';
import { refusals } from '../../openapi/refusals.ts';
import { NOBODY_IN_PARTICULAR } from '../../openapi/security.ts';
import * as answers from './answers.ts';

const refused = refusals({ 'application/json': answers.Failed });

const cacheable = (schema: Schema, description: string): Answer =>
  json(schema, description, { 'Cache-Control': 'always' });

const metadata = (id: string, summary: string, schema: Schema): Operation => ({
  id,
  summary,
  security: NOBODY_IN_PARTICULAR,
  answers: { 200: cacheable(schema, 'As it is now.'), ...refused() },
});

/** Its own shape is the OpenAPI specification's. */
const Document = v.looseObject({
  openapi: v.string(),
  servers: v.array(v.strictObject({ url: v.pipe(v.string(), v.url()) })),
  paths: v.record(v.string(), v.record(v.string(), v.unknown())),
});

const openapi: Operation = {
  id: 'openapi',
  summary: 'This document (OpenAPI 3.1).',
  security: NOBODY_IN_PARTICULAR,
  answers: {
    200: json(Document, 'The document.', { 'Cache-Control': 'always', ETag: 'always' }),
    304: {
      description: 'It is still the one that If-None-Match names.',
      headers: { 'Cache-Control': 'always', ETag: 'always' },
    },
    ...refused(),
  },
};

export const DISCOVERY: Face = {
  tag: 'Discovery',
  description: 'Public keys and metadata.',
  prefix: 'Discovery',
  requests: [],
  answers: [],
  operations: {
    'GET /.well-known/jwks.json': metadata('jwks', 'The public keys (RFC 7517).', answers.KeySet),
    'GET /.well-known/oauth-authorization-server': metadata(
      'authorizationServerMetadata',
      'Metadata (RFC 8414).',
      answers.Metadata,
    ),
    'GET /.well-known/oauth-authorization-server/{issuer+}': {
      ...metadata(
        'authorizationServerMetadataOfPath',
        'Metadata of an issuer with a path.',
        answers.Metadata,
      ),
      answers: { 200: cacheable(answers.Metadata, 'As it is now.'), ...refused(400, 404) },
    },
    'GET /.well-known/openid-configuration': metadata(
      'openidConfiguration',
      'Metadata (OpenID Connect Discovery 1.0).',
      answers.Metadata,
    ),
    'GET /openapi.json': openapi,
  },
};
