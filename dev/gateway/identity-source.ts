/**
 * The identity sources of an authorizer: what of a request its cached result is kept by, and what a
 * request must have before the function is asked at all.
 *
 *   HTTP API       $request.header.X         $request.querystring.X         $context.X  $stageVariables.X
 *   REST API       method.request.header.X   method.request.querystring.X   context.X   stageVariables.X
 *   WebSocket API  route.request.header.X    route.request.querystring.X    context.X   stageVariables.X
 *
 * @module
 */
import type { GatewayRequest } from './request.ts';

export type IdentitySource = {
  place: 'header' | 'querystring' | 'context' | 'stageVariables';
  name: string;
};
/** What of the request's context can be named, by its name after `context.`. */
export type ContextVariables = Readonly<Record<string, string>>;
export type Named = {
  request: Pick<GatewayRequest, 'headers' | 'query'>;
  context: ContextVariables;
  stageVariables?: Readonly<Record<string, string>> | undefined;
};

const FORMS = {
  http: /^\$(?:request\.(header|querystring)|(context|stageVariables))\.(.+)$/,
  rest: /^(?:method\.request\.(header|querystring)|(context|stageVariables))\.(.+)$/,
  websocket: /^(?:route\.request\.(header|querystring)|(context|stageVariables))\.(.+)$/,
};
/** The variables that every gateway here can give. */
const VARIABLES = {
  http: ['routeKey', 'httpMethod', 'path', 'stage', 'apiId', 'identity.sourceIp'],
  rest: ['httpMethod', 'path', 'resourcePath', 'stage', 'apiId', 'identity.sourceIp'],
  websocket: ['routeKey', 'stage', 'apiId', 'identity.sourceIp'],
};

/** @param at Where it stands, for the message of the error. */
export function readIdentitySource(
  kind: keyof typeof FORMS,
  text: string,
  at: string,
): IdentitySource {
  const [, part, other, name = ''] = FORMS[kind].exec(text) ?? [];
  const place = (part ?? other) as IdentitySource['place'] | undefined;
  if (!place || (place === 'context' && !VARIABLES[kind].includes(name)))
    throw new Error(`${at}: the local gateway does not understand the identity source ${text}`);
  return { place, name };
}

/** @returns Undefined when one of them is missing or empty: API Gateway then answers 401 itself. */
export function identityOf(sources: IdentitySource[], named: Named): string[] | undefined {
  const values = sources.map((source) => sourceValue(source, named));
  return values.every((value) => value) ? (values as string[]) : undefined;
}

function sourceValue(
  { place, name }: IdentitySource,
  { request, context, stageVariables }: Named,
): string | undefined {
  if (place === 'header') return request.headers[name.toLowerCase()];
  if (place === 'querystring') return request.query.find(([key]) => key === name)?.[1];
  return place === 'context' ? context[name] : stageVariables?.[name];
}
