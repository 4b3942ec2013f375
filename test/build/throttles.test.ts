/** Which routes are limited, in which group: read from the map of the system and its API. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { DOCUMENT } from '../../lib/compose/document.ts';
import { readRoutes } from '../support/calls/routes.ts';

const FILE = resolve(import.meta.dirname, '../../infra/api.yml');
type Settings = { ThrottlingRateLimit: string; ThrottlingBurstLimit: string };
const { RouteSettings, DefaultRouteSettings } = (
  parse(readFileSync(FILE, 'utf8')) as {
    extensions: {
      HttpApiStage: {
        Properties: { RouteSettings: Record<string, Settings>; DefaultRouteSettings: Settings };
      };
    };
  }
).extensions.HttpApiStage.Properties;

const groupOf = (route: string): string | undefined =>
  /param:(\w+)PerSecond/.exec(RouteSettings[route]?.ThrottlingRateLimit ?? '')?.[1];

type Operation = {
  security?: Record<string, unknown>[];
  requestBody?: { content: Record<string, { schema: object }> };
};
const operationOf = (route: string): Operation | undefined => {
  const [method = '', path = ''] = route.split(' ');
  return DOCUMENT.paths[path]?.[method.toLowerCase()] as Operation | undefined;
};

/** The names of all members of what may be sent, through references. */
function membersOf(schema: unknown, seen = new Set<unknown>()): string[] {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const { $ref, properties = {}, ...others } = schema as { $ref?: string; properties?: object };
  const name = $ref?.split('/').at(-1) ?? '';
  return [
    ...membersOf(DOCUMENT.components['schemas']?.[name], seen),
    ...Object.keys(properties),
    ...Object.values(properties).flatMap((inner) => membersOf(inner, seen)),
    ...Object.values(others).flatMap((inner) => membersOf(inner, seen)),
  ];
}

const bodyOf = (route: string): string[] =>
  Object.values(operationOf(route)?.requestBody?.content ?? {}).flatMap(({ schema }) =>
    membersOf(schema),
  );
const takes = (route: string, member: RegExp) => bodyOf(route).some((name) => member.test(name));
const takesScheme = (route: string, scheme: string) =>
  operationOf(route)?.security?.some((set) => Object.keys(set).includes(scheme)) ?? false;

const ROUTES = readRoutes();
const routesOf = (name: string) => ROUTES.filter((it) => it.function === name);
const HASHING = ROUTES.map(({ route }) => route).filter((route) => takes(route, /password/i));
/** Those of a client apart, which it may have posted. */
const FORMS = ['signin', 'signout', 'account', 'recovery']
  .flatMap(routesOf)
  .map(({ route }) => route)
  .filter((route) => /^POST (?!\/oauth\/authorize$|\/session\/end$)/.test(route));
/** Whoever may have mails sent. */
const MAILS = ['POST /user/forgot-password'];
const MACHINES = ROUTES.map(({ route }) => route).filter(
  (route) =>
    takes(route, /^client_(secret|assertion)$/) ||
    takesScheme(route, 'clientBasic') ||
    (takesScheme(route, 'key') && route.startsWith('POST') && route.endsWith('logout')),
);

test('A8: what is looked for is found', () => {
  expect(FORMS).toContain('POST /session/end/confirm');
  expect(HASHING).toEqual(
    expect.arrayContaining([
      ...['POST /login', 'POST /user/auth', 'POST /api/v1/authenticate', 'POST /user'],
      ...['POST /user/change-password', 'POST /user/reset-password', 'POST /oauth/login'],
    ]),
  );
  expect(MACHINES).toEqual(
    expect.arrayContaining([
      ...['POST /oauth/token', 'POST /login/connect/token'],
      ...['POST /oauth/introspect', 'POST /oauth/revoke', 'POST /logout'],
    ]),
  );
});

test.each(HASHING)('A8: %s hashes a password, and is limited as logins are', (route) => {
  expect(groupOf(route)).toBe('logins');
});

test.each(FORMS)('A8: %s takes a form of a person, and is limited as logins are', (route) => {
  expect(groupOf(route)).toBe('logins');
});

test.each(MACHINES)('A8: %s checks a program’s secret, and is limited as machines are', (route) => {
  expect(groupOf(route)).toBe('machines');
});

test('A8: no route that is none of these is limited with them, nor one that there is not', () => {
  expect(Object.keys(RouteSettings).sort()).toEqual(
    [...new Set([...HASHING, ...FORMS, ...MAILS, ...MACHINES])].sort(),
  );
});

test('A8: each limit is a parameter of its own, so that a flood of one group is no other’s', () => {
  for (const settings of [...Object.values(RouteSettings), DefaultRouteSettings]) {
    const rate = /^\$\{param:(\w+)PerSecond\}$/.exec(settings.ThrottlingRateLimit)?.[1];
    expect(settings.ThrottlingBurstLimit).toBe(`\${param:${rate}Burst}`);
  }
  expect(DefaultRouteSettings.ThrottlingRateLimit).toContain('requestsPerSecond');
});
