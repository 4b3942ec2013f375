/**
 * What a stage's parts are called, in its account and region: as in serverless.yml and infra/, to
 * which test/deploy/template.test.ts holds it.
 *
 * @module
 */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Of what outlives the stack: its logical ids. */
export const TABLES = ['DirectoryTable', 'SessionsTable', 'EventsTable'] as const;
export type TableId = (typeof TABLES)[number];
export type RetainedId = TableId | 'SigningKeys' | 'DataKey';

export type Names = {
  stage: string;
  stack: string;
  tables: Readonly<Record<TableId, string>>;
  secret: string;
  keyAlias: string;
  /** What the key of this stage says of itself: no other is ever deleted. */
  keyDescription: string;
  logGroups: readonly string[];
};

const FUNCTIONS = join(import.meta.dirname, '../../functions');

export function namesOf(stage: string): Names {
  const stack = `latchkey-${stage}`;
  const functions = globSync('*.ts', { cwd: FUNCTIONS }).map((file) => basename(file, '.ts'));
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
    logGroups: [
      ...functions.sort().map((name) => `/aws/lambda/${stack}-${name}`),
      `/aws/http-api/${stack}`,
    ],
  };
}
