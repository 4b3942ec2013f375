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
  'routeKey' | 'pathParameters' | 'rawPath' | 'requestContext'
>;

/** What takes whatever no other route does. */
export const NO_ROUTE = '$default';

export function routePath(event: Routed): string {
  const { routeKey, pathParameters = {} } = event;
  if (routeKey === NO_ROUTE) return withoutStage(event);
  return routeKey
    .slice(routeKey.indexOf(' ') + 1)
    .replace(/\{(\w+)\+?\}/g, (_, name: string) => pathParameters[name] ?? '');
}

/** As far as the event says what stands in front: a mapping key it does not. */
function withoutStage({ rawPath, requestContext: { stage } }: Routed): string {
  const front = `/${stage}`;
  return rawPath.startsWith(`${front}/`) ? rawPath.slice(front.length) : rawPath;
}

/** What stands in front, to be put before a path that a caller is told; empty where nothing does. */
export const prefixOf = (rawPath: string, path: string): string =>
  rawPath.endsWith(path) ? rawPath.slice(0, -path.length) : '';
