/** The files of an import and of a declared state: read to the last line, however they are cut. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { asKept } from '../../bin/commands/apply/as-kept.ts';
import { differences, mergePatchOf } from '../../bin/commands/apply/difference.ts';
import { parentsFirst } from '../../bin/commands/apply/order.ts';
import { readDeclared } from '../../bin/commands/apply/read-declared.ts';
import { importAll } from '../../bin/commands/import/batches.ts';
import { openProgress } from '../../bin/commands/import/progress.ts';
import { type Format, type Line, readUsers } from '../../bin/commands/import/read-users.ts';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'users');

async function read(content: string | Buffer, format: Format = 'jsonl'): Promise<Line[]> {
  writeFileSync(path, content);
  return Array.fromAsync(readUsers(path, format, undefined));
}

describe('JSON lines', () => {
  const user = fc.record({ username: fc.string({ unit: 'grapheme' }), plan: fc.string() });

  test('are the users that were written, each with its line', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(user),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (users, end, bom) => {
          const text = users.map((one) => `${JSON.stringify(one)}${end}`).join('');
          const lines = await read(`${bom ? '\uFEFF' : ''}${text}`);
          expect(lines).toEqual(users.map((one, at) => ({ line: at + 1, user: one })));
        },
      ),
      { numRuns: 50 },
    ));

  test('cut off anywhere are all but the last one', () =>
    fc.assert(
      fc.asyncProperty(fc.array(user, { minLength: 1 }), fc.nat(), async (users, at) => {
        const bytes = Buffer.from(users.map((one) => JSON.stringify(one)).join('\n'));
        const lines = await read(bytes.subarray(0, at % bytes.length));
        const whole = lines.filter((one) => one.user);
        expect(whole.map((one) => one.user)).toEqual(users.slice(0, whole.length));
        for (const one of lines.slice(whole.length)) expect(one.problem).toMatch(/is no JSON/);
        expect(lines.length - whole.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 50 },
    ));

  test.each([
    ['a letter of another encoding', Buffer.from('{"username":"Ji\xf8\xed"}', 'latin1'), 'UTF-8'],
    ['half a character, as cut off', '{"username":"a","profile":{"name":"b\\ud83d"}}', 'UTF-8'],
    ['a name of a member that is none', '{"username":"a","\\udc00":1}', 'UTF-8'],
    ['more levels than a stack', `{"x":${'['.repeat(25_000)}${']'.repeat(25_000)}}`, 'deeply'],
  ])('with %s are refused alone', async (_case, line, problem) => {
    const next = '\n{"username":"next"}\n';
    expect(await read(Buffer.concat([Buffer.from(line as string), Buffer.from(next)]))).toEqual([
      { line: 1, problem: expect.stringContaining(problem) },
      { line: 2, user: { username: 'next' } },
    ]);
  });

  test('that never end are refused without being held, and the next one is read', async () => {
    const lines = await read(
      `{"a":"${'x'.repeat(3_000_000)}"}\n{"username":"next"}\n${'y'.repeat(70_000)}`,
    );
    expect(lines).toEqual([
      { line: 1, problem: expect.stringContaining('longer') },
      { line: 2, user: { username: 'next' } },
      { line: 3, problem: expect.stringContaining('longer') },
    ]);
  });

  test('a file of 200 MB takes less memory than it is long', async () => {
    const line = `${JSON.stringify({ username: 'x'.repeat(180) })}\n`;
    writeFileSync(path, line.repeat(1_000_000));
    let [count, most] = [0, 0];
    const before = process.memoryUsage().rss;
    for await (const _one of readUsers(path, 'jsonl', undefined)) {
      count += 1;
      if (count % 50_000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect(count).toBe(1_000_000);
    expect(most).toBeLessThan(150_000_000);
  }, 60_000);
});

describe('CSV', () => {
  test.each<[string, string, string]>([
    ['an unknown heading', 'username,colour\na,b', 'there is no member "colour"'],
    ['a heading twice', 'username,username\na,b', 'two headings are username'],
    ['a row too long', 'username\na,b', 'line 2'],
    ['a quote that never ends', 'username,plan\na,"b', 'is no CSV'],
  ])('with %s is refused, and nothing of it repeated', async (_case, text, reason) => {
    await expect(read(text, 'csv')).rejects.toThrow(reason);
  });

  test('a row of another encoding is refused alone', async () => {
    const content = 'username,profile.name\nold,Ji\xf8\xed\nnew,Jana\n';
    expect(await read(Buffer.from(content, 'latin1'), 'csv')).toEqual([
      { line: 2, problem: expect.stringContaining('UTF-8') },
      { line: 3, user: { username: 'new', profile: { name: 'Jana' } } },
    ]);
  });

  test('what came before a mistake is read', async () => {
    writeFileSync(path, 'username\none\ntwo\nthree,four');
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const { user } of readUsers(path, 'csv', undefined)) seen.push(user);
    })();
    await expect(reading).rejects.toThrow('is no CSV from line 4 on');
    expect(seen).toEqual([{ username: 'one' }, { username: 'two' }]);
  });

  test('true and false are what spreadsheets write, and nothing else is', async () => {
    const cells = ['TRUE', 'False', '1', '0', 'yes', 'constructor'];
    const lines = await read(
      `username,activated\n${cells.map((one) => `a,${one}\n`).join('')}`,
      'csv',
    );
    const said = [true, false, true, false, 'yes', 'constructor'];
    expect(lines.map(({ user }) => user?.['activated'])).toEqual(said);
  });

  test('empty cells say nothing, and objects of hashes stay objects', async () => {
    const hash = { algorithm: 'digest-a1', hash: '0'.repeat(32) };
    const cell = JSON.stringify(hash).replaceAll('"', '""');
    const [line] = await read(`username,email,roles,passwordHash\na,,,"${cell}"\n`, 'csv');
    expect(line?.user).toEqual({ username: 'a', passwordHash: hash });
  });
});

describe('an import in batches', () => {
  type Sent = { users: { username: string }[]; import: { id: string; lines: number[] } };
  const service = (answers: (sent: Sent) => unknown) => {
    const sent: Sent[] = [];
    const api = {
      create: async (_path: readonly string[], body: object) => {
        sent.push(body as Sent);
        return { status: 200, body: answers(body as Sent), etag: undefined };
      },
    };
    return { sent, api: api as unknown as Parameters<typeof importAll>[0] };
  };
  const terms = {
    dryRun: false,
    trustVerified: false,
    onExists: 'skip' as const,
    replacePasswords: false,
  };
  const all = ({ users }: Sent) => ({ results: users.map(() => ({ status: 'created' })) });

  test('sends each user once, at most 100 and 60 KB at a time', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 70_000 }), { maxLength: 250 }),
        async (sizes) => {
          async function* lines(): AsyncGenerator<Line> {
            for (const [at, size] of sizes.entries())
              yield { line: at + 1, user: { username: `u${at}`, plan: 'x'.repeat(size) } };
          }
          const { api, sent } = service(all);
          const file = join(folder, `batch-${Math.random()}`);
          const progress = openProgress({ file, resume: false, dryRun: false, report: undefined });
          const counts = await importAll(api, lines(), progress, terms);
          progress.finish();
          for (const one of sent) {
            expect(one.users.length).toBeLessThanOrEqual(100);
            expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(65_536);
          }
          const names = sent.flatMap(({ users }) => users.map(({ username }) => username));
          expect(new Set(names).size).toBe(names.length);
          expect(counts.created + counts.refused).toBe(sizes.length);
          expect(counts.created).toBe(names.length);
        },
      ),
      { numRuns: 20 },
    ));

  test('that breaks off knows what was done, and goes on after it', async () => {
    async function* lines(): AsyncGenerator<Line> {
      for (let at = 1; at <= 250; at++) yield { line: at, user: { username: `u${at}` } };
    }
    const file = join(folder, 'broken');
    let calls = 0;
    const broken = service((sent) => {
      calls += 1;
      if (calls === 3) throw new Error('gone');
      return all(sent);
    });
    const first = openProgress({ file, resume: false, dryRun: false, report: undefined });
    await expect(importAll(broken.api, lines(), first, terms)).rejects.toThrow('gone');
    const again = service(all);
    const second = openProgress({ file, resume: true, dryRun: false, report: undefined });
    const counts = await importAll(again.api, lines(), second, terms);
    expect(counts.created).toBe(250);
    expect(again.sent.flatMap(({ users }) => users)[0]).toEqual({ username: 'u201' });
    const all250 = [...broken.sent, ...again.sent].map((one) => one.import);
    expect(new Set(all250.map(({ id }) => id)).size).toBe(1);
    expect(all250.flatMap(({ lines }) => lines).slice(-50)).toEqual(
      Array.from({ length: 50 }, (_, at) => 201 + at),
    );
  });

  test('that broke off in its first batch goes on as the same import, or begins as another', async () => {
    async function* lines(): AsyncGenerator<Line> {
      yield { line: 1, user: { username: 'only' } };
    }
    const file = join(folder, 'first-batch');
    const ids: string[] = [];
    const wanted = { file, dryRun: false, report: undefined };
    for (const resume of [false, true, false]) {
      const broken = service(() => {
        throw new Error('gone');
      });
      const progress = openProgress({ ...wanted, resume });
      await expect(importAll(broken.api, lines(), progress, terms)).rejects.toThrow('gone');
      ids.push(broken.sent[0]?.import.id ?? '');
    }
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

describe('a declared thing', () => {
  const value = fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.array(fc.string()),
    fc.dictionary(fc.string(), fc.array(fc.constantFrom('c', 'r', 'u', 'd'))),
  );
  const thing = fc.dictionary(fc.string({ minLength: 1 }), value, { noNullPrototype: true });

  const NAMED = { name: 'Acme', accent: '#B91C1C' };
  test.each([
    ['one accent', NAMED, { ...NAMED, accent: '#b91c1c', accentDark: '#ce6060' }],
    [
      'both',
      { ...NAMED, accentDark: '#FFAAAA' },
      { ...NAMED, accent: '#b91c1c', accentDark: '#ffaaaa' },
    ],
    ['none', { name: 'Acme' }, { name: 'Acme' }],
  ])('does not differ from a brand that the service keeps of it: %s', (_case, brand, kept) => {
    expect(differences(asKept({ brand }), { brand: kept })).toEqual([]);
    expect(differences(asKept({ brand: { ...brand, name: 'B' } }), { brand: kept })).toHaveLength(
      1,
    );
  });

  test.each([null, 'Acme', { accent: 'red' }, { accent: null }])(
    'is left as it is where it is none: %j',
    (brand) => expect(asKept({ brand })).toEqual({ brand }),
  );

  test('does not differ by what is said twice', () =>
    expect(differences({ roles: ['a', 'b', 'a'] }, { roles: ['b', 'a'] })).toEqual([]));

  test.each(['.inf', '-.inf', '.nan', '1e999'])('holds no %s, which would take away', (number) => {
    writeFileSync(path, `settings: { keyLifetime: ${number} }`);
    expect(() => readDeclared(path)).toThrow('no number');
  });

  test('does not differ from itself, in whatever order', () =>
    fc.assert(
      fc.property(thing, (one) => {
        const turned = Object.fromEntries(
          Object.entries(one)
            .reverse()
            .map(([name, it]) => [name, Array.isArray(it) ? [...it].reverse() : it]),
        );
        expect(differences(one, turned)).toEqual([]);
      }),
    ));

  test('is what a merge patch of the differences makes (RFC 7396)', () =>
    fc.assert(
      fc.property(thing, thing, (declared, current) => {
        const patch = mergePatchOf(differences(declared, current));
        expect(differences(declared, merged(current, patch))).toEqual([]);
      }),
    ));
});

function merged(target: unknown, patch: unknown): Record<string, unknown> {
  const into = new Map(
    Object.entries(typeof target === 'object' && !Array.isArray(target) ? (target ?? {}) : {}),
  );
  for (const [name, value] of Object.entries(patch as object)) {
    if (value === null) into.delete(name);
    else if (typeof value === 'object' && !Array.isArray(value))
      into.set(name, merged(into.get(name), value));
    else into.set(name, value);
  }
  return Object.fromEntries(into);
}

describe('roles are made', () => {
  test('with each parent before its children', () =>
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 20 })), { maxLength: 20 }), (edges) => {
        const roles = Object.fromEntries(
          edges.map((to, at) => [
            `r${at}`,
            { parents: to.filter((one) => one < at).map((one) => `r${one}`) },
          ]),
        );
        const order = parentsFirst(roles);
        expect([...order].sort()).toEqual(Object.keys(roles).sort());
        for (const name of order)
          for (const parent of roles[name]?.parents ?? [])
            expect(order.indexOf(parent)).toBeLessThan(order.indexOf(name));
      }),
    ));

  test.each<[string, Record<string, { parents: string[] }>]>([
    ['itself', { a: { parents: ['a'] } }],
    ['its child', { a: { parents: ['b'] }, b: { parents: ['c'] }, c: { parents: ['a'] } }],
  ])('but not with one that inherits from %s', (_case, roles) =>
    expect(() => parentsFirst(roles)).toThrow('inherit from themselves'),
  );
});
