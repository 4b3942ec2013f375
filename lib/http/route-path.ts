/**
 * The path of a call as this API has it: its route, with what the path had in the places of `{names}`.
 *
 * What API Gateway calls the raw path begins with whatever stands in front of the API: the name of a
 * stage, the mapping key of a domain name. Neither can be told from a path of ours by its text; so where
 * no route but the default one fits, the raw path is all there is.
 *
 * @module
 * @see API Gateway Developer Guide, "Create AWS Lambda proxy integrations for HTTP APIs"
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';

type Routed = Pick<APIGatewayProxyEventV2, 'routeKey' | 'rawPath' | 'pathParameters'>;

export const DEFAULT_ROUTE = '$default';

export const routePath = ({ routeKey, rawPath, pathParameters = {} }: Routed): string =>
  routeKey === DEFAULT_ROUTE
    ? rawPath
    : routeKey
        .slice(routeKey.indexOf(' ') + 1)
        .replace(/\{(\w+)\+?\}/g, (_, name: string) => pathParameters[name] ?? '');

/** What stands in front, to be put before a path that a caller is told; empty where nothing does. */
export const prefixOf = (rawPath: string, path: string): string =>
  rawPath.endsWith(path) ? rawPath.slice(0, -path.length) : '';
