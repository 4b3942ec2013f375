/** What README and docs print as commands is run, from top to bottom, against a stack that has just started. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import { commandsToTry } from '../../dev/try.ts';
import { sendTo } from '../conformance/provider.ts';
import { answerOf, openBrowser } from '../support/web/browser.ts';
import { answersIn, BLOCKS, isLike, OTHERS, objectsIn } from './blocks.ts';
import { typed } from './typist.ts';

/** Of a new user. The one of `login` is what the page itself says. */
const NEW_PASSWORD = 'correct horse, no staple';

let stack: RunningStack;
let folder: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  stack = await startStack();
  folder = mkdtempSync(join(tmpdir(), 'latchkey-docs-'));
  env = {
    ...process.env,
    PORT: new URL(stack.urls.service).port,
    LATCHKEY_SESSION: join(folder, 'session.json'),
  };
}, 240_000);
afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** With this stack's ports and a folder of its own for what would go to /tmp. */
const here = (text: string): string =>
  text
    .replaceAll(
      /127\.0\.0\.1:300(\d)/g,
      (_, nth) => `127.0.0.1:${Number(env['PORT']) + Number(nth)}`,
    )
    .replaceAll('/tmp/', `${folder}/`);

/** The code that the page before the command tells to fetch with a browser. */
async function code(): Promise<string> {
  const browser = openBrowser({ send: sendTo(stack.urls.service) });
  const readme = OTHERS.find(
    ({ file, text }) => file === 'README.md' && text.includes('/oauth/authorize?'),
  );
  const [, query = ''] = readme?.text.trim().split('?') ?? [];
  const login = await browser.go(`GET /oauth/authorize?${query}`);
  const consent = await browser.login(login, 'abc@example.com', 'abc321');
  return answerOf(await browser.submit(consent, { action: 'allow' }))['code'] ?? '';
}

const ROOT = { 'username: ': ['100@mydomain.com'], 'password: ': ['secret'] };
const LOGIN = 'npm run latchkey -- login --local\n';
const tokenOf = (username: string) =>
  `TOKEN=$(curl -s http://127.0.0.1:3000/login -H 'Content-Type: application/json' \\
  -d '{"username":"${username}","password":"secret"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')\n`;

/** What a document takes for granted, as commands in front of it. */
const GIVEN: Readonly<Record<string, string>> = {
  'docs/accounts.md': LOGIN,
  'docs/api-keys.md': `${LOGIN}API_KEY=$(npm run --silent latchkey -- key create leaked)\n`,
  'docs/sign-in.md': LOGIN,
  'docs/verify.md': LOGIN + tokenOf('100@mydomain.com'),
};
const documents = new Set(BLOCKS.filter(({ mark }) => mark === '').map(({ file }) => file));

describe('a documented command', () => {
  test('is in a fence that says sh, or it would not be run', () => {
    const commands = OTHERS.filter(
      ({ language, text }) => language === '' && /^\s*(npm|npx|curl|node|aws|git) /m.test(text),
    );
    expect(commands).toEqual([]);
  });

  test('is run, but for these', () => {
    const marked = BLOCKS.filter(({ mark }) => mark !== '').map(
      ({ file, mark }) => `${file}: ${mark}`,
    );
    expect(marked).toEqual([
      'CONTRIBUTING.md: checkout',
      'README.md: checkout',
      'README.md: aws',
      'docs/accounts.md: aws',
      'docs/console.md: aws',
      'docs/deploy.md: aws',
      'docs/deploy.md: aws',
      'docs/deploy.md: aws',
      'docs/deploy.md: aws',
      'docs/deploy.md: aws',
      'docs/events.md: aws',
      'docs/operate.md: aws',
      'examples/protected-api/README.md: aws',
    ]);
    expect(documents.size).toBeGreaterThan(3);
  });

  test.each([...documents])(
    '%s, from top to bottom',
    async (file) => {
      const blocks = BLOCKS.filter((block) => block.file === file && block.mark === '');
      const text = (GIVEN[file] ?? '') + blocks.map((block) => block.text).join('\n');
      const answers = {
        ...structuredClone(ROOT),
        'password: ': ['secret', NEW_PASSWORD],
      };
      if (file === 'README.md') env['CODE'] = await code();
      const { code: exit, output } = await typed(here(text), { env, answers });
      expect(exit, output).toBe(0);
      expect(output).not.toMatch(/\b(ECONNREFUSED|SyntaxError|command not found)\b/);
      const real = objectsIn(output);
      for (const shown of blocks.flatMap((block) => answersIn(block.text))) {
        const at = real.findIndex((one) => isLike(shown, one));
        expect(at, `${JSON.stringify(shown)} in ${output}`).toBeGreaterThanOrEqual(0);
        real.splice(0, at + 1);
      }
      if (file === 'README.md') expect(output).toMatch(/"access_token":"[\w-]+\.[\w-]+\.[\w-]+"/);
    },
    180_000,
  );
});

test('N2: the name and the password of the first login stand beside it', () => {
  const readme = BLOCKS.find(
    ({ file, text }) => file === 'README.md' && text.startsWith(LOGIN.trim()),
  );
  expect(readme?.text.split('\n')[0]).toMatch(/100@mydomain\.com, secret$/);
});

test('what npm start prints to try works as printed', async () => {
  const { code: exit, output } = await typed(commandsToTry(stack.urls), { env });
  expect(exit, output).toBe(0);
  expect(output.match(/HTTP\/1\.1 \d+/g)).toEqual(
    [200, 200, 401, 200, 403].map((status) => `HTTP/1.1 ${status}`),
  );
  expect(output).toContain('"status":"OK"');
}, 60_000);
