/** Each token that is issued is counted, by its grant, and a refused call is not. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DEMO, form, posted } from '../../support/actors/clients.ts';
import { type Service, startService } from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test('the first of an instance at once', async () => {
  const lines: Record<string, unknown>[] = [];
  const spy = vi.spyOn(console, 'info').mockImplementation((line: string) => {
    lines.push(JSON.parse(line) as Record<string, unknown>);
  });
  const ask = async (more: Record<string, string>) => {
    const sent = form({ grant_type: 'client_credentials', ...posted(DEMO), ...more });
    const { status } = await service.send('POST /oauth/token', sent);
    return [status, lines.flatMap(({ Tokens, grant }) => (Tokens ? [[Tokens, grant]] : []))];
  };
  try {
    expect(await ask({ client_secret: 'guess' })).toEqual([401, []]);
    expect(await ask({})).toEqual([200, [[1, 'client_credentials']]]);
  } finally {
    spy.mockRestore();
  }
});
