/**
 * A filter that is empty is none that was left out: a variable that was empty must not list, or end,
 * everything. Each parameter of each list that the OpenAPI document has.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOCUMENT } from '../../lib/compose/document.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';

type Operation = {
  tags: string[];
  parameters?: { name: string; in: string; required?: boolean }[];
};

/** OAuth's are as its RFC has them (RFC 6749 §3.1: empty is omitted). */
const FILTERED = ['/admin/api/', '/users', '/api/v2/'];
/** What is asked there is no filter, and is required. */
const QUESTION = /\/explain$/;
const CASES = Object.entries(DOCUMENT.paths)
  .filter(([path]) => FILTERED.some((start) => path.startsWith(start)) && !QUESTION.test(path))
  .flatMap(([path, operations]) =>
    Object.entries(operations as Record<string, Operation>).flatMap(
      ([method, { parameters = [] }]) =>
        parameters
          .filter((one) => one.in === 'query')
          .map(({ name }) => [method.toUpperCase(), path, name] as const),
    ),
  );

let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
});
afterAll(() => service.stop());

test('there are such of every kind', () => {
  const names = CASES.map(([, , name]) => name);
  const known = ['domain', 'subject', 'owner', 'login', 'check', 'createdBy', 'sort', 'pattern'];
  expect(names).toEqual(expect.arrayContaining(known));
});

test.each(CASES)('%s %s with an empty %s is a 400', async (method, path, name) => {
  const at = path.replaceAll(/\{\w+\}/g, '0123456789abcdef01234567');
  const call = `${method} ${at}?${name}=`;
  // What is one's own has routes of its own.
  const { status } = /^\/admin\/api\/(?!me\/)/.test(at)
    ? await service.admin(root, call.replace('/admin/api', ''))
    : await service.send(call, root);
  expect(status).toBe(400);
});
