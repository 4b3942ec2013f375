/**
 * What a REST API answers itself: the defaults of API Gateway, with the GatewayResponse resources
 * of the template applied.
 *
 * A type without a resource of its own takes the one of DEFAULT_4XX or DEFAULT_5XX. Of several templates
 * the request's Accept chooses; how, AWS does not say, and here the best liked one is taken.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 *
 * @module
 */
import Negotiator from 'negotiator';
import * as v from 'valibot';
import type { Stack } from '../template.ts';
import { readProperties } from './read-properties.ts';
import type { GatewayRequest } from './request.ts';
import type { Answer } from './server.ts';

type Default = { status: number; text: string | null; key?: string; errorType: string };

const DEFAULTS = {
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    text: 'Missing Authentication Token',
    errorType: 'MissingAuthenticationTokenException',
  },
  UNAUTHORIZED: { status: 401, text: 'Unauthorized', errorType: 'UnauthorizedException' },
  // The one default body with a capital letter.
  ACCESS_DENIED: {
    status: 403,
    text: 'User is not authorized to access this resource',
    key: 'Message',
    errorType: 'AccessDeniedException',
  },
  AUTHORIZER_CONFIGURATION_ERROR: {
    status: 500,
    text: null,
    errorType: 'AuthorizerConfigurationException',
  },
  AUTHORIZER_FAILURE: { status: 500, text: null, errorType: 'AuthorizerFailureException' },
  INTEGRATION_FAILURE: {
    status: 502,
    text: 'Internal server error',
    errorType: 'InternalServerErrorException',
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    text: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
} satisfies Record<string, Default>;

export type ResponseType = keyof typeof DEFAULTS;

interface Custom {
  status: number | undefined;
  headers: [string, string][];
  /** By media type. */
  templates: Readonly<Record<string, string>>;
}

export type GatewayResponses = Map<string, Custom>;

const HEADER = /^gatewayresponse\.header\.(.+)$/;
const VARIABLE =
  /\$context\.(error\.(?:messageString|message|responseType)|requestId|authorizer\.\w+)\b/g;
/** What stands as it is, or what the authorizer's context has. */
const parameters = v.record(
  v.pipe(v.string(), v.regex(HEADER)),
  v.pipe(v.string(), v.regex(/^('.*'|context\.authorizer\.\w+)$/)),
);
const JSON_TYPE = 'application/json';
const templates = v.record(v.picklist([JSON_TYPE, 'text/html']), v.string());

export function readGatewayResponses(stack: Stack): GatewayResponses {
  const responses: GatewayResponses = new Map();
  for (const id of stack.ofType('AWS::ApiGateway::GatewayResponse')) {
    const properties = readProperties(stack, id, {
      RestApiId: v.string(),
      ResponseType: v.string(),
      StatusCode: v.optional(v.union([v.string(), v.number()])),
      ResponseParameters: v.optional(parameters, {}),
      ResponseTemplates: v.optional(templates, {}),
    });
    for (const template of Object.values(properties.ResponseTemplates))
      if (template.replace(VARIABLE, '').includes('$'))
        throw new Error(`${stack.name}: ${id}: the local gateway does not understand ${template}`);
    const status = properties.StatusCode;
    responses.set(properties.ResponseType, {
      status: status === undefined ? undefined : Number(status),
      headers: Object.entries(properties.ResponseParameters).map(([name, value]) => [
        name.replace(HEADER, '$1'),
        value,
      ]),
      templates: properties.ResponseTemplates,
    });
  }
  return responses;
}

export type Refusal = {
  /** After the default text. */
  detail?: string;
  /** What the authorizer said beside its policy. */
  context?: Readonly<Record<string, string>>;
};

export function gatewayResponse(
  responses: GatewayResponses,
  kind: ResponseType,
  request: GatewayRequest,
  { detail = '', context = {} }: Refusal = {},
): Answer {
  const { status, text, errorType, ...rest }: Default = DEFAULTS[kind];
  const fallback = status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  const custom = responses.get(kind) ?? responses.get(fallback);
  const message = text === null ? null : `${text}${detail}`;
  const values: Record<string, string> = {
    'error.messageString': JSON.stringify(message),
    'error.message': String(message),
    'error.responseType': kind,
    requestId: request.id,
    ...Object.fromEntries(
      Object.entries(context).map(([name, value]) => [`authorizer.${name}`, value]),
    ),
  };
  // Without a value the header is left out.
  const headers = (custom?.headers ?? []).flatMap(([name, value]): [string, string][] => {
    const found = value.startsWith("'")
      ? value.slice(1, -1)
      : values[value.slice('context.'.length)];
    return found === undefined ? [] : [[name, found]];
  });
  const type = typeOf(custom?.templates ?? {}, request);
  const template = custom?.templates[type];
  const body = template?.replace(VARIABLE, (_whole, name: string) => values[name] ?? '');
  return {
    status: custom?.status ?? status,
    headers: [['Content-Type', type], ['x-amzn-ErrorType', errorType], ...headers],
    body: body ?? JSON.stringify({ [rest.key ?? 'message']: message }),
  };
}

/** The one that the caller likes best of those that there are; JSON where it likes none, or says nothing. */
function typeOf(of: Custom['templates'], { headers: { accept = '*/*' } }: GatewayRequest): string {
  const known = [JSON_TYPE, ...Object.keys(of).filter((name) => name !== JSON_TYPE)];
  return new Negotiator({ headers: { accept } }).mediaType(known) ?? JSON_TYPE;
}
