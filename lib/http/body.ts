/**
 * The body of an API Gateway event as text.
 *
 * Errors: `content_too_large`; `invalid_request` for what is not text in UTF-8.
 *
 * @module
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { refuse } from '../errors.ts';
import { requireUtf8, textOf } from './text.ts';

/** Far above any body that we ask for. In bytes. */
const MAX_BODY = 65_536;

type Sent = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>;

export function bodyText({ body = '', isBase64Encoded }: Sent, contentType: string): string {
  if (body.length > MAX_BODY * 1.4) throw tooLarge();
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > MAX_BODY) throw tooLarge();
  requireUtf8(contentType, bytes);
  return textOf(bytes);
}

/** @see RFC 9110 §15.5.14 */
const tooLarge = () => refuse('content_too_large', 'body-too-large', 'The body is too large');
