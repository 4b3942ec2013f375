/** Whatever goes wrong at the authorization endpoint is told to the client, and to whom it concerns here. */
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { Fault, refuse } from '../../../lib/errors.ts';
import {
  type AuthorizeServices,
  answering,
  begin,
  denied,
} from '../../../lib/oauth/authorize/begin.ts';

const DESTINATION = {
  redirectUri: 'https://app.example/cb',
  mode: 'query',
  state: 'opaque',
} as const;
const ISSUER = 'https://auth.example';

function logged() {
  const lines: string[] = [];
  for (const level of ['error', 'info'] as const) {
    const spy = vi.spyOn(console, level);
    spy.mockImplementation((line: string) => void lines.push(`${level} ${JSON.parse(line).code}`));
    onTestFinished(() => spy.mockRestore());
  }
  return lines;
}
const answerTo = (error: Error) =>
  answering({ issuer: ISSUER }, DESTINATION, async () => {
    throw error;
  });

describe('an error of the authorization endpoint (RFC 6749 §4.1.2.1, RFC 9207)', () => {
  test('of the client is a line to look up', async () => {
    const lines = logged();
    const refused = refuse('invalid_scope', 'scope-malformed', 'The scope is malformed.');
    expect(await answerTo(refused)).toMatchObject({
      answer: {
        redirectUri: DESTINATION.redirectUri,
        mode: 'query',
        parameters: [
          ['error', 'invalid_scope'],
          ['error_description', 'The scope is malformed.'],
          ['state', 'opaque'],
          ['iss', ISSUER],
        ],
      },
    });
    expect(lines).toEqual(['info invalid_scope']);
  });

  test('of ours is one to be paged for, and tells the client nothing', async () => {
    const lines = logged();
    const { answer } = (await answerTo(new Fault('an item is malformed'))) as {
      answer: { parameters: unknown };
    };
    expect(JSON.stringify(answer.parameters)).toContain('server_error');
    expect(JSON.stringify(answer.parameters)).not.toContain('malformed');
    expect(lines).toEqual(['error server_error']);
  });

  test('may be the user’s own word', () =>
    expect(denied('at the consent page')).toMatchObject({
      ...{ status: 403, message: 'The user has refused.' },
      said: { code: 'access_denied', rule: 'user-refused', reason: 'at the consent page' },
    }));

  test('is none where nothing went wrong', async () => {
    const lines = logged();
    expect(await answering({ issuer: ISSUER }, DESTINATION, async () => 7)).toBe(7);
    expect(lines).toEqual([]);
  });
});

describe('a request that is answered to nobody', () => {
  const services = {} as AuthorizeServices;
  const refused = (query: string) => begin(services, new URLSearchParams(query), []);
  const because = (rule: string) => ({ status: 400, said: { code: 'invalid_request', rule } });
  const filled = (length: number) => `state=${'x'.repeat(length - 'state='.length)}`;

  test.each([
    ['has no client', filled(24_000), 'client-id-missing'],
    ['has one twice', 'client_id=app&client_id=app', 'client-id-missing'],
    ['is longer than fits our forms', filled(24_001), 'request-too-long'],
    ['is, with its client', `client_id=app&${filled(24_000)}`, 'request-too-long'],
  ])('%s', async (_case, query, rule) =>
    expect(refused(query)).rejects.toMatchObject(because(rule)),
  );
});
