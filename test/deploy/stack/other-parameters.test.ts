/** A deployment with other parameters over one that people use; then the tour of the contracts. */
import { beforeAll, expect, inject, test } from 'vitest';
import { seed } from '../../../dev/seed.ts';
import { type Session, signIn } from './callers.ts';
import { attempt } from './commands.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { deployed, exampleDeployed, exampleUrl, serviceUrl, settled } from './prod.ts';

let before: Session;
let said: string;
beforeAll(async () => {
  await deployed();
  await exampleDeployed('http');
  before = await signIn();
  said = await settled();
}, 240_000);

const call = async ({ headers }: Session) =>
  (await fetch(`${exampleUrl()}/cdr`, { headers })).status;

test('brings the service up again, with its items', async () => {
  expect(said).toContain('Service deployed to stack latchkey-prod');
  expect(await call(await signIn())).toBe(200);
});

test('another issuer refuses every token of the old one, as README warns', async () => {
  expect(await call(before)).toBe(401);
  const answer = await fetch(`${serviceUrl()}/.well-known/openid-configuration`);
  expect(await answer.json()).toMatchObject({ issuer: serviceUrl() });
});

test('the tour of the contracts: every answer as documented, each function with its role', async () => {
  const { endpoint, port } = inject('shared');
  const tables = {
    directoryTable: 'latchkey-prod-directory',
    sessionsTable: 'latchkey-prod-sessions',
  };
  // The users of the documentation; a deployment starts without any.
  await seed({ endpoint, ...tables, credentials: ROOT_CREDENTIALS });
  const { code, output } = await attempt(`PORT=${port} npm run tour`);
  expect({ code, wrong: output.split('not as documented:')[1] ?? '' }).toEqual({
    code: 0,
    wrong: '',
  });
  expect(output).toMatch(/\d\d requests, each answered as documented/);
}, 120_000);
