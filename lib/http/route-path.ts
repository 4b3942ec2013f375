/**
 * The path of a call as this API has it: its route, with what the path had in the places of `{names}`.
 *
 * What API Gateway calls the raw path begins with whatever stands in front of the API: the name of a
 * stage, the mapping key of a domain name. Neither can be told from a path of ours by its text.
 *
 * @module
 * @see API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

type Routed = Pick<
  APIGatewayProxyEventV2,
  'routeKey' | 'pathParameters' | 'rawPath' | 'rawQueryString' | 'requestContext'
>;

/** What takes whatever no other route does. */
export const NO_ROUTE = '$default';

/** @param base - The path of our own address: where no route takes the call, the one sign of a mapping key. */
export function routePath(event: Routed, base = ''): string {
  const { routeKey, pathParameters = {}, rawPath, requestContext } = event;
  if (routeKey === NO_ROUTE) return behind(base, behind(`/${requestContext.stage}`, rawPath));
  return routeKey
    .slice(routeKey.indexOf(' ') + 1)
    .replace(/\{(\w+)\+?\}/g, (_, name: string) => pathParameters[name] ?? '');
}

const behind = (front: string, path: string): string =>
  path.startsWith(`${front}/`) ? path.slice(front.length) : path;

/** A HEAD is read as the GET whose content it does not want (RFC 9110 §9.3.2). */
export const routeOf = ({ routeKey }: Pick<Routed, 'routeKey'>): string =>
  routeKey.replace(/^HEAD /, 'GET ');

/** Where a GET was to, its query as it was sent. @param path - Ours, decoded. */
export function hereOf(
  { requestContext, rawQueryString = '' }: Pick<Routed, 'requestContext' | 'rawQueryString'>,
  path: string,
): string | undefined {
  if (!['GET', 'HEAD'].includes(requestContext.http.method)) return undefined;
  const encoded = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  return rawQueryString === '' ? encoded : `${encoded}?${rawQueryString}`;
}

/** What stands in front, to be put before a path that a caller is told; empty where nothing does. */
export const prefixOf = (rawPath: string, path: string): string =>
  rawPath.endsWith(path) ? rawPath.slice(0, -path.length) : '';
