/** What of an error may be read by whom: the caller, the log, nobody. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AuthError, Fault, refuse, refuseField, sentenceOf, toAuthError } from '../lib/errors.ts';
import { logFault } from '../lib/log.ts';

const VALUE: string = 'marked-value-61';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());

const logged = (cause: unknown) => {
  logFault(toAuthError(cause), {});
  return JSON.parse(lines.at(-1) ?? '{}');
};

test('a text that is the same every time is also the reason', () =>
  expect(refuse('not_found', 'no-such-place', 'There is nothing here.')).toMatchObject({
    message: 'There is nothing here.',
    said: { text: 'There is nothing here.', reason: 'There is nothing here.' },
    status: 404,
  }));

test('one that may hold a value does not compile without a reason of its own', () => {
  const [code, rule] = ['conflict', 'already-taken'] as const;
  const field: 'name' | 'email' = VALUE.length > 7 ? 'name' : 'email';
  const reason = 'a name that is taken';
  expect([
    refuseField(field, rule, 'is taken', code).said.reason,
    new AuthError({ code, rule, field, text: 'is taken' }).said.reason,
    new AuthError({ code, rule, field: VALUE, text: 'is taken', reason }).said.reason,
    new AuthError({ code, rule, text: `${VALUE}: is taken`, reason }).said.reason,
  ]).toEqual(['name: is taken', 'name: is taken', reason, reason]);
  // @ts-expect-error: the text is known only at run time.
  new AuthError({ code, rule, text: VALUE });
  // @ts-expect-error: a part of it is.
  new AuthError({ code, rule, text: `${VALUE}: is taken` });
  // @ts-expect-error: a number may be a value, too.
  new AuthError({ code, rule, text: `more than ${VALUE.length}` });
  // @ts-expect-error: the field is.
  new AuthError({ code, rule, field: VALUE, text: 'is taken' });
  // @ts-expect-error: nor has the short form a place for one.
  refuse(code, rule, VALUE);
  // @ts-expect-error: in the text.
  refuseField('name', rule, `${VALUE} is taken`);
  // @ts-expect-error: or in the field.
  refuseField(VALUE, rule, 'is taken');
  // @ts-expect-error: a rule without a name.
  refuse(code, 'guess', 'No.');
});

test('a face says it of its own field, but leaves a name that the caller sent', () => {
  const names = { roles: 'scope' };
  const { said } = refuseField('roles', 'role-unknown', 'there is no such role');
  expect(sentenceOf(said)).toBe('roles: there is no such role');
  expect(sentenceOf(said, names)).toBe('scope: there is no such role');
  expect(sentenceOf({ ...said, asSent: true }, names)).toBe('roles: there is no such role');
});

test('the text of a fault that we foresaw is logged', () =>
  expect(logged(new Fault('a stored item is malformed')).cause).toMatchObject({
    name: 'Fault',
    message: 'a stored item is malformed',
  }));

test('that AWS denies something is logged with what it denied', () => {
  const message = 'User: role is not authorized to perform: dynamodb:GetItem';
  const denied = Object.assign(new Error(message), { name: 'AccessDeniedException' });
  expect(logged(denied).cause).toMatchObject({ name: 'AccessDeniedException', message });
});

test.each([
  ['an error of anybody else', new Error(VALUE)],
  ['one that parses', new SyntaxError(`Unexpected token '${VALUE}'`)],
  ['one whose text looks like a frame', new TypeError(`x\n    at ${VALUE} (file.js:1:1)`)],
  ['one of AWS that quotes', Object.assign(new Error(VALUE), { name: 'ValidationException' })],
  ['what is no error', VALUE],
])('the text of %s is not, but where it was thrown', (_case, cause) => {
  const line = logged(cause);
  expect(lines.join('\n')).not.toContain(VALUE);
  expect(line).toMatchObject({ level: 'error', code: 'server_error' });
  if (cause instanceof Error) {
    expect(line.cause.name).toBe(cause.name);
    expect(line.cause.at[0]).toContain('errors.test.ts');
  }
});
