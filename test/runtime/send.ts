/**
 * Calls of a gateway, as a client on the network makes them.
 *
 * @module
 */
import type { Sent } from '../support/calls/events.ts';
import type { Answer } from '../support/running/service.ts';

/** A call such as `GET /users?limit=2`. */
export const sendTo =
  (url: string) =>
  async (call: string, { headers = {}, cookies = [], body, query }: Sent = {}): Promise<Answer> => {
    const [method = '', target = ''] = call.split(' ');
    const answer = await fetch(`${url}${target}${query ? `?${query}` : ''}`, {
      method,
      headers: { ...headers, ...(cookies.length > 0 && { cookie: cookies.join('; ') }) },
      redirect: 'manual',
      ...(body !== undefined && { body: body as string | Uint8Array<ArrayBuffer> }),
    });
    const text = await answer.text();
    const isJson = /[/+]json/.test(answer.headers.get('content-type') ?? '');
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      cookies: answer.headers.getSetCookie(),
      body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
      text,
    };
  };
