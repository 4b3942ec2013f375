/**
 * The OpenAPI 3.1 document of every endpoint, made from the tables beside it and the schemas that they
 * name. A build replaces this module by its value (build/functions.ts), so no function carries what makes it.
 *
 * Without `servers`, which are known to a deployment only.
 *
 * @module
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import { isForTokens } from '../guard/demands.ts';
import { type Converters, componentsOf, convertersOf, namesOf } from '../openapi/components.ts';
import { type Face, type Operation, TO_PORTAL, templateOf } from '../openapi/operation.ts';
import { describeOperation } from '../openapi/render.ts';
import { SCHEMES } from '../openapi/security.ts';
import { callersOf, deployedRoute } from './callers.ts';
import { FACES } from './faces.ts';

export type Document = {
  openapi: string;
  paths: Readonly<Record<string, Readonly<Record<string, object>>>>;
  components: Readonly<Record<string, Readonly<Record<string, object>>>>;
  readonly [member: string]: unknown;
};

export const DOCUMENT: Document = documentOf(FACES);

function documentOf(faces: readonly Face[]): Document {
  const names = namesOf(faces);
  const responses = sharedResponses();
  const paths = pathsOf(faces, convertersOf(names), responses);
  const schemas = componentsOf(names, { paths, responses: responses.all });
  return {
    openapi: '3.1.1',
    info: {
      title: 'Latchkey',
      version: '0.1.0',
      summary: 'A token service: issue, verify, revoke.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: faces.map(({ tag: name, description }) => ({ name, description })),
    paths,
    components: { securitySchemes: SCHEMES, responses: responses.all, schemas },
  };
}

function pathsOf(
  faces: readonly Face[],
  convert: Converters,
  { refer }: ReturnType<typeof sharedResponses>,
): Document['paths'] {
  const paths = new Map<string, Record<string, object>>();
  for (const { tag, prefix, operations } of faces)
    for (const [route, operation] of Object.entries(operations)) {
      const [method = '', path = ''] = route.split(' ');
      const asked = forBrowsers(method, path, operation);
      const { responses, ...described } = describeOperation(path, asked, convert);
      const place = templateOf(path);
      paths.set(place, {
        ...paths.get(place),
        [method.toLowerCase()]: {
          tags: [tag],
          ...described,
          responses: refer(prefix, responses),
          'x-latchkey': callersOf(method, path),
        },
      });
    }
  return Object.fromEntries(paths);
}

/** Of lib/browser/to-portal.ts, which stands in front of every face. */
function forBrowsers(method: string, path: string, operation: Operation): Operation {
  if (!isForTokens(deployedRoute(method, path))) return operation;
  return { ...operation, answers: { 303: TO_PORTAL, ...operation.answers } };
}

/** A face refuses everywhere alike, so each of its refusals is described once. */
function sharedResponses() {
  const all: Record<string, object> = {};
  const referTo = (prefix: string, status: string, response: object): object => {
    const name = `${prefix}${status}`;
    all[name] ??= response;
    const same = JSON.stringify(all[name]) === JSON.stringify(response);
    return same ? { $ref: `#/components/responses/${name}` } : response;
  };
  const refer = (prefix: string, responses: Readonly<Record<string, object>>) =>
    Object.fromEntries(
      Object.entries(responses).map(([status, response]) => [
        status,
        Number(status) < 400 ? response : referTo(prefix, status, response),
      ]),
    );
  return { all, refer };
}
