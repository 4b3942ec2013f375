/** The admin API as API Gateway serves it: by the real function, which judges its callers itself. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ISSUE_TOKEN } from '../../../lib/faces/admin/routes.ts';
import { sessionOf } from '../actors/sessions.ts';
import { type Front, request, type Sent } from '../calls/events.ts';
import { type Answer, answerOf, type Handler, startService } from './service.ts';

export type Admin = Awaited<ReturnType<typeof startAdmin>>;
export type Caller = { headers: Record<string, string> };
export type More = { body?: unknown; headers?: Record<string, string>; front?: Front };
export type AdminAnswer = Omit<Answer, 'cookies' | 'text'> & { etag: string };

const ROUTE = '/admin/api/{proxy+}';

export async function startAdmin(settings: Record<string, string> = {}) {
  const service = await startService(settings);
  const { handler } = await import('../../../functions/admin.ts');
  const { handler: issuing } = await import('../../../functions/webitel.ts');

  /** A call such as `GET /users?limit=2`, below /admin/api. */
  async function admin(caller: Caller, call: string, more: More = {}): Promise<AdminAnswer> {
    const [method = '', target = ''] = call.split(' ');
    const [place = '', query = ''] = target.split('?');
    const path = `/admin/api${place}`;
    const { body, type } = bodyOf(method, more);
    const front = more.front && { front: more.front };
    const headers = { ...caller.headers, ...type, ...more.headers };
    const sent = { path, query, headers, ...body, ...front };
    if (`${method} ${place}` !== ISSUE_TOKEN) return handled(method, sent);
    return parsed(await answerOf(issuing as Handler, request(`${method} ${path}`, sent)));
  }

  /** What the function is sent may be bytes that no test would write as text. */
  async function handled(method: string, sent: Sent): Promise<AdminAnswer> {
    return parsed(await answerOf(handler as Handler, request(`${method} ${ROUTE}`, sent)));
  }

  const by = async (username: string): Promise<Caller> => {
    const { token } = await sessionOf(service, username);
    return { headers: { authorization: `Bearer ${token}` } };
  };
  return { ...service, admin, handled, by };
}

/** A text is sent as it is. */
function bodyOf(method: string, { body }: More) {
  if (body === undefined) return { body: {}, type: {} };
  const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { body: { body: text }, type: { 'content-type': type } };
}

function parsed(answer: APIGatewayProxyStructuredResultV2): AdminAnswer {
  const { statusCode = 0, body = '' } = answer;
  const headers = (answer.headers ?? {}) as Record<string, string>;
  return {
    status: statusCode,
    headers,
    body: (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>,
    etag: headers['etag'] ?? '',
  };
}

/** All pages of a list. */
export async function all(
  { admin }: Pick<Admin, 'admin'>,
  caller: Caller,
  place: string,
  limit = 100,
): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor = '';
  do {
    const query = `limit=${limit}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { status, body } = await admin(
      caller,
      `GET ${place}${place.includes('?') ? '&' : '?'}${query}`,
    );
    if (status !== 200) throw new Error(`${place}: ${status} ${JSON.stringify(body)}`);
    items.push(...(body['items'] as Record<string, unknown>[]));
    cursor = String(body['next'] ?? '');
  } while (cursor);
  return items;
}
