/**
 * What API Gateway answers by itself, before or in place of a function.
 *
 * @module
 */
import * as v from 'valibot';

export const GatewayError = v.strictObject({ message: v.string() });
export const GATEWAY = { 'application/json': GatewayError } as const;
