/**
 * A Lambda authorizer of a REST API as the template describes it.
 *
 * @module
 */
import * as v from 'valibot';
import type { Stack } from '../template.ts';
import { type IdentitySource, readIdentitySource } from './identity-source.ts';
import { anything, functionArnOf, readProperties } from './read-properties.ts';
import { Ttl } from './result-cache.ts';

export interface RestAuthorizer {
  type: 'TOKEN' | 'REQUEST';
  functionArn: string;
  identitySources: IdentitySource[];
  /** For TOKEN: what the token has to look like, before the function is asked. */
  validation: RegExp | undefined;
  ttl: number;
}

const DEFAULT_TTL = 300;

export function readRestAuthorizer(stack: Stack, id: string): RestAuthorizer {
  const properties = readProperties(stack, id, {
    RestApiId: v.string(),
    Name: v.string(),
    Type: v.picklist(['TOKEN', 'REQUEST']),
    AuthType: anything,
    AuthorizerUri: v.string(),
    IdentitySource: v.optional(v.string(), ''),
    IdentityValidationExpression: v.optional(v.string()),
    AuthorizerResultTtlInSeconds: v.optional(Ttl, DEFAULT_TTL),
  });
  const identitySources = properties.IdentitySource.split(',')
    .map((source) => source.trim())
    .filter(Boolean)
    .map((source) => readIdentitySource('rest', source, `${stack.name}: ${id}`));
  const { Type: type, AuthorizerResultTtlInSeconds: ttl } = properties;
  if (identitySources.length === 0 && (type === 'TOKEN' || ttl > 0)) {
    throw new Error(`${stack.name}: ${id}: an identity source is needed`);
  }
  const expression = properties.IdentityValidationExpression;
  return {
    type,
    ttl,
    identitySources,
    functionArn: functionArnOf(properties.AuthorizerUri),
    // The whole token has to match, as Java's `matches` wants it.
    validation: expression === undefined ? undefined : new RegExp(`^(?:${expression})$`),
  };
}
