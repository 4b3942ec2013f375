/**
 * What a stage's parts are called, in its account and region: as in serverless.yml and infra/, to
 * which test/deploy/template.test.ts holds it.
 *
 * @module
 */
/** Of what outlives the stack: its logical ids. */
export const TABLES = ['DirectoryTable', 'SessionsTable', 'EventsTable'] as const;
export type TableId = (typeof TABLES)[number];
export type RetainedId = TableId | 'SigningKeys' | 'DataKey' | 'ExportKey';

export type Names = {
  stage: string;
  stack: string;
  tables: Readonly<Record<TableId, string>>;
  secret: string;
  keyAlias: string;
  /** What the key of this stage says of itself: no other is ever deleted. */
  keyDescription: string;
  /** The same of the one that signs exported events. */
  exportKeyDescription: string;
  logGroups: readonly string[];
};

/** All that are in functions/: the package of the command line has no such folder to look into. */
export const FUNCTIONS = [
  ...['account', 'admin', 'authorizer', 'console', 'discovery', 'export', 'flush', 'front'],
  ...['inspect', 'login', 'logout', 'mail', 'notify', 'openapi', 'preflight', 'publish'],
  ...['recovery', 'rotate', 'signin', 'signout', 'token', 'trail', 'users', 'webitel'],
];

export function namesOf(stage: string): Names {
  const stack = `latchkey-${stage}`;
  return {
    stage,
    stack,
    tables: {
      DirectoryTable: `${stack}-directory`,
      SessionsTable: `${stack}-sessions`,
      EventsTable: `${stack}-events`,
    },
    secret: `${stack}-signing-keys`,
    keyAlias: `alias/${stack}`,
    keyDescription: `Encrypts the tables and signing keys of ${stack}`,
    exportKeyDescription: `Signs the events that ${stack} exports`,
    logGroups: [
      ...FUNCTIONS.map((name) => `/aws/lambda/${stack}-${name}`),
      `/aws/http-api/${stack}`,
    ],
  };
}
