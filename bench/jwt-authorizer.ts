/**
 * What people put in front of an API otherwise: an authorizer that checks a JWT with `aws-jwt-verify`
 * and asks nobody. A session that was ended stays good until its token expires.
 *
 * @module
 */
import { JwtVerifier } from 'aws-jwt-verify';
import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';

type Jwks = Parameters<ReturnType<typeof verifierFor>['cacheJwks']>[0];

const verifierFor = (issuer: string) => JwtVerifier.create({ issuer, audience: issuer });

export function jwtAuthorizer(issuer: string, jwks: Jwks) {
  const verifier = verifierFor(issuer);
  verifier.cacheJwks(jwks);
  return async ({ headers = {} }: APIGatewayRequestAuthorizerEventV2) => {
    const token = headers['authorization']?.replace(/^Bearer /, '') ?? '';
    const { sub } = await verifier.verify(token);
    return { isAuthorized: true, context: { subject: String(sub) } };
  };
}
