/**
 * The pages of the console that look at what happens, in a real Chromium against the whole running stack:
 * overview, explanations, the audit. Pictures of them go to `.artefacts/browser`.
 */
import { readFile } from 'node:fs/promises';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { look } from '../support/web/chromium.ts';
import { ADMIN, callAs, complaints, open, ROOT, tokenAs, wholeStack } from './console.ts';

const stack = wholeStack();

const visit = async (path: string, person = ROOT): Promise<Page> =>
  open(await stack.browser({ acceptDownloads: true }), stack, path, person);
const loaded = async (page: Page, name: string) => {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await expect.poll(() => page.getByText('Loading…').count(), { timeout: 20_000 }).toBe(0);
};
const HOSTILE = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>{{7*7}}';
type Event = { id: string; domain: string; subject: string; seq: number };
const events = async (query: string): Promise<Event[]> => {
  const answer = await callAs(stack, ROOT, `GET /admin/api/audit?${query}`);
  return ((await answer.json()) as { items: Event[] }).items;
};

describe('the overview', () => {
  /** How often the test below was begun: what it did before is counted still. */
  let asked = 0;
  test('counts sign-ins, refusals and ends of sessions, and leads to the filtered list', async () => {
    asked += 1;
    const wrong = JSON.stringify({ username: 'abc@example.com', password: 'wrong' });
    for (let tries = 0; tries < 2; tries++)
      await fetch(`${stack.urls.service}/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: wrong,
      });
    await fetch(`${stack.urls.http}/cdr`);
    await callAs(stack, ROOT, 'POST /admin/api/users', { username: 'gone', password: 'ppppp' });
    // The trail is told a moment later.
    await expect.poll(async () => (await events('type=user.created')).length).toBeGreaterThan(0);
    const [made] = await events('type=user.created');
    await callAs(stack, ROOT, `DELETE /admin/api/sessions?subject=${made?.subject.slice(5)}`);

    const page = await visit('/');
    await loaded(page, 'Overview');
    const row = (card: string, name: string) =>
      page.getByRole('region', { name: card }).getByRole('row', { name });
    await expect
      .poll(
        async () => {
          await page.reload();
          await loaded(page, 'Overview');
          return row('Ends of sessions', 'user.signed-out').count();
        },
        { timeout: 30_000 },
      )
      .toBe(1);
    const signIns = await row('Sign-ins', 'refused: POST /login').textContent();
    const refused = await row('Refused calls, by reason', 'no-credential').textContent();
    // A new hour may have begun meanwhile: the last column is any number up to that of the day.
    expect(signIns).toMatch(new RegExp(`${2 * asked}\\d$`));
    expect(refused).toMatch(new RegExp(`${asked}\\d$`));
    const chart = new RegExp(`^Refused calls, by reason: ${asked} in 24 hours`);
    expect(await page.getByRole('img', { name: chart }).count()).toBe(1);
    await page.getByText('There are none here: a deployment has them').waitFor();
    await look(page, 'console-overview');

    await page.getByRole('link', { name: 'refused: POST /login' }).click();
    await loaded(page, 'Audit');
    expect(new URL(page.url()).search).toBe('?type=session.refused');
    expect(await page.getByRole('cell', { name: 'session.refused' }).count()).toBeGreaterThan(0);
    expect(await page.getByRole('cell', { name: 'session.opened' }).count()).toBe(0);
    await page.goBack();
    await loaded(page, 'Overview');
  });

  test('names the alarms that are up, since when, and where to read what to do', async () => {
    const context = await stack.browser();
    // No machine of a developer's has an alarm: the answer is as AWS would have made it.
    await context.route('**/statistics/alarms', async (route) => {
      const answer = await route.fetch();
      const since = Date.UTC(2030, 0, 1) / 1000;
      const one = { what: HOSTILE, since };
      const items = [
        { name: 'TrailLostAlarm', state: 'alarm', ...one },
        { name: 'RotationAlarm', state: 'ok', ...one },
      ];
      await route.fulfill({ response: answer, json: { items } });
    });
    const page = await open(context, stack, '/');
    const card = page.getByRole('region', { name: 'Alarms' });
    await card.getByText('TrailLostAlarm').waitFor();
    expect(await card.textContent()).toMatch(/TrailLostAlarm.*2030.*docs\/operate\.md/);
    expect(await card.getByText('RotationAlarm').count()).toBe(0);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    await look(page, 'console-overview-alarms');
  });

  test('keeps the span in the address', async () => {
    const page = await visit('/?span=7d');
    await page.getByRole('columnheader', { name: 'In 7 days' }).first().waitFor();
    await page.getByRole('button', { name: '24 hours' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('columnheader', { name: 'In 24 hours' }).first().waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  test('names a key that expires soon', async () => {
    const expiresAt = Math.floor(Date.now() / 1000) + 86_400;
    await callAs(stack, ROOT, 'POST /admin/api/keys', { name: 'ending', expiresAt });
    const page = await visit('/');
    await page.getByRole('region', { name: 'Keys about to expire' }).getByText('ending').click();
    await loaded(page, 'ending');
  });

  test('shows an administrator of one domain that domain alone, and no counts of all', async () => {
    await callAs(stack, ROOT, 'POST /admin/api/domains', { name: 'far.com' });
    await callAs(stack, ROOT, 'POST /admin/api/users', {
      username: 'someone@far.com',
      password: 'correct horse battery',
      domain: 'far.com',
    });
    const asked: string[] = [];
    const context = await stack.browser();
    context.on('request', (request) => asked.push(request.url()));
    const page = await open(context, stack, '/', ADMIN);
    await loaded(page, 'Overview');
    await page.getByText('you need the letter r on admin/statistics').waitFor();
    await page.getByRole('region', { name: 'Lately' }).getByRole('link').first().waitFor();
    expect(asked.filter((url) => url.includes('/statistics'))).toEqual([]);
    await look(page, 'console-overview-of-a-domain');
    await page.goto(`${stack.urls.console}/audit`);
    await loaded(page, 'Audit');
    expect(await page.getByText('far.com').count()).toBe(0);
    expect(await page.getByText('someone').count()).toBe(0);
  });
});

describe('an explanation', () => {
  test('says step by step why a call is refused, and what would allow it, by keyboard alone', async () => {
    const page = await visit('/explain', ADMIN);
    await loaded(page, 'Explain');
    await page.getByLabel('Method').focus();
    await page.keyboard.type('DELETE');
    await page.getByLabel('Path').focus();
    await page.keyboard.type('/book/7');
    await page.keyboard.press('Enter');
    await page.getByText('Refused (403)').or(page.getByText('Allowed')).first().waitFor();
    expect(new URL(page.url()).searchParams.get('path')).toBe('/book/7');
    await page.getByLabel('Path').fill('/gateway/7');
    await page.keyboard.press('Enter');
    await page.getByText('Refused (403)').waitFor();
    await page.getByRole('row', { name: /resource yes/ }).waitFor();
    await page.getByText('the letter d on gateway').waitFor();
    await look(page, 'console-explain');
    await page.reload();
    await page.getByText('the letter d on gateway').waitFor();
  });

  test('of a key that was pasted whole sends the id alone', async () => {
    const answer = await callAs(stack, ROOT, 'POST /admin/api/keys', {
      name: 'pasted',
      acl: { cdr: ['r'] },
    });
    const { key } = (await answer.json()) as { key: string };
    const secret = key.slice(key.lastIndexOf('_') + 1);
    const sent: string[] = [];
    const context = await stack.browser();
    context.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
    const page = await open(context, stack, '/explain');
    await page.getByLabel('Id of a session').fill(key);
    await page.getByLabel('Path').fill('/cdr/7');
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.getByText('Allowed', { exact: true }).waitFor();
    expect(sent.join('\n')).not.toContain(secret);
    expect(page.url()).not.toContain(secret);
  });

  test('by the id of a request shows what was decided then, and the verdict now', async () => {
    const person = { username: 'refused@mydomain.com', password: 'correct horse battery' };
    await callAs(stack, ROOT, 'POST /admin/api/users', person);
    const authorization = `Bearer ${await tokenAs(stack, person)}`;
    const refused = await fetch(`${stack.urls.http}/cdr`, { headers: { authorization } });
    expect(refused.status).toBe(403);
    const id = refused.headers.get('apigw-requestid') ?? '';
    const page = await visit('/explain', ADMIN);
    await page.getByLabel('Id of the request').fill(id);
    await page.getByRole('button', { name: 'Find the call' }).click();
    await page.getByText('the caller does not hold r on cdr').waitFor();
    await page.getByText('letter-not-held').waitFor();
    await page.getByRole('region', { name: 'The verdict' }).getByText('Refused (403)').waitFor();
    await page.getByText('the letter r on cdr').waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      request: id,
      hours: '1',
    });
    await look(page, 'console-explain-request');
    await page.getByLabel('Id of the request').fill('no-such-request');
    await page.getByLabel('In the last hours').selectOption('24');
    await page.getByRole('button', { name: 'Find the call' }).click();
    await page.getByText('No line of this call').waitFor();
  });

  test('by the id of a request of another domain finds nothing', async () => {
    const refused = await fetch(`${stack.urls.http}/cdr`, {
      headers: { authorization: 'Bearer of.no.value' },
    });
    const page = await visit(`/explain?request=${refused.headers.get('apigw-requestid')}`, ADMIN);
    await page.getByText('No line of this call').waitFor();
  });

  test.each(['nonsense', HOSTILE])('of %s is an error that says so', async (id) => {
    const page = await visit(
      `/explain?${new URLSearchParams({ id, method: 'GET', path: HOSTILE })}`,
    );
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });
});

describe('the audit', () => {
  const rename = async (name: string) => {
    await callAs(stack, ROOT, 'POST /admin/api/resources', { name: 'archive', title: 'Before' });
    await callAs(stack, ROOT, 'PATCH /admin/api/resources/archive', { title: name });
  };

  test('shows what was before and after, and its filters are in the address', async () => {
    await rename(HOSTILE);
    const page = await visit('/audit?collection=resources');
    await loaded(page, 'Audit');
    const details = page
      .getByRole('cell')
      .filter({ hasText: /\d changes?/ })
      .first();
    await details.locator('summary').click();
    expect(await details.locator('del').first().textContent()).toBe('Before');
    expect(await details.locator('ins').first().textContent()).toBe(HOSTILE);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    await look(page, 'console-audit');
    await page.getByLabel('By whom').fill('nobody-at-all');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing here matches.').waitFor();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toEqual({
      collection: 'resources',
      actor: 'nobody-at-all',
    });
    await page.goBack();
    await page.getByRole('cell', { name: 'resource.changed' }).first().waitFor();
    expect(await page.getByLabel('Of which collection').inputValue()).toBe('resources');
  });

  test('of a thing is a click away from it, for whoever may see it', async () => {
    const page = await visit('/roles/user', ADMIN);
    await page.getByRole('link', { name: 'What happened' }).click();
    await loaded(page, 'Audit');
    expect(await page.getByLabel('To whom or what').inputValue()).toBe('user');
  });

  test('asks for a time of one’s own clock', async () => {
    const page = await visit('/audit?since=2001-01-01T10:00&until=2001-01-02T10:00');
    await page.getByText('Nothing here matches.').waitFor();
    await page.goto(`${stack.urls.console}/audit?since=2001-01-01T10:00`);
    await page.getByRole('rowheader').first().waitFor();
  });

  test('is a file of JSON lines, and a table in which nothing is a formula', async () => {
    const name = '=HYPERLINK("https://evil.example")';
    await callAs(stack, ROOT, 'POST /admin/api/users', {
      username: 'formula',
      password: 'ppppp',
      profile: { name },
    });
    const page = await visit('/audit?type=user.created');
    await loaded(page, 'Audit');
    const textOf = async (button: string) => {
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: button }).click();
      const download = await coming;
      return {
        name: download.suggestedFilename(),
        text: await readFile(await download.path(), 'utf8'),
      };
    };
    const lines = await textOf('Export JSON lines');
    expect(lines.name).toMatch(/^audit-[\dT-]+\.ndjson$/);
    const all = lines.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(all).toEqual(await events('type=user.created&limit=100'));
    const csv = await textOf('Export CSV');
    expect(csv.name).toMatch(/\.csv$/);
    expect(csv.text.split('\r\n').length).toBe(all.length + 2);
    expect(csv.text).not.toMatch(/(^|,)"?[=+@]/m);
    await page.getByText(`${all.length} events are in the file.`).waitFor();
  });

  test('says which numbers are missing, where nothing is filtered out', async () => {
    const user = { username: 'numbered', password: 'ppppp' };
    const answer = await callAs(stack, ROOT, 'POST /admin/api/users', user);
    const { id } = (await answer.json()) as { id: string };
    for (const disabled of [true, false])
      await callAs(stack, ROOT, `PATCH /admin/api/users/${id}`, { disabled });
    await expect
      .poll(async () => (await events(`target=${id}`)).map(({ seq }) => seq), { timeout: 30_000 })
      .toEqual([3, 2, 1]);
    const page = await visit('/audit');
    await loaded(page, 'Audit');
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.getByText('Numbers are missing').count()).toBe(0);
    const second = (await events(`target=${id}`)).find(({ seq }) => seq === 2);
    const client = new DynamoDBClient({
      endpoint: stack.endpoints.dynamodb,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    await client.send(
      new DeleteItemCommand({
        TableName: stack.tables.events,
        Key: { pk: { S: `events#${second?.domain}` }, sk: { S: second?.id ?? '' } },
      }),
    );
    await page.reload();
    await page.getByText('Numbers are missing').waitFor();
    await page.getByText(`user/${id}: no. 2`).waitFor();
    await page.goto(`${stack.urls.console}/audit?type=user.enabled`);
    await page.getByRole('rowheader').first().waitFor();
    expect(await page.getByText('Numbers are missing').count()).toBe(0);
  });

  test('runs nothing of an agent, a name or an id that others chose', async () => {
    const form = JSON.stringify({ username: HOSTILE, password: HOSTILE });
    await fetch(`${stack.urls.service}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': HOSTILE },
      body: form,
    });
    const page = await visit('/audit');
    await page.getByRole('rowheader').first().waitFor();
    for (const one of await page.locator('summary').all()) await one.click();
    await page.getByText(HOSTILE).first().waitFor();
    expect(await page.evaluate('window.hit')).toBeUndefined();
  });
});

test('no policy was broken, and nothing thrown, on any page', () => expect(complaints).toEqual([]));
