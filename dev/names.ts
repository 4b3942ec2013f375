/**
 * The local naming scheme: what AWS would have called each resource, made from names alone, so that
 * every start gives the same ARNs and two stacks agree on them without asking each other.
 *
 * @module
 */
import { createHash } from 'node:crypto';

export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

/** Ten lower-case letters and digits, as API Gateway's ids: readable names would not be realistic. */
export const shortId = (...parts: string[]): string =>
  BigInt(`0x${createHash('sha256').update(parts.join('/')).digest('hex')}`)
    .toString(36)
    .slice(0, 10);

/** Secrets Manager adds six characters of its own to the name. */
export const secretArn = (name: string): string =>
  arn('secretsmanager', `secret:${name}-${shortId('secret', name).slice(0, 6)}`);

/** @returns The function's name, from a name, an ARN, or an ARN with a version or an alias. */
export function functionName(nameOrArn: string): string {
  const found = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(nameOrArn);
  return found?.[1] ?? nameOrArn;
}
