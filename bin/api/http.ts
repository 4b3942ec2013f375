/**
 * HTTP to the service. The only place of the command line that sends anything.
 *
 * Errors: Unreachable when nothing answers; Failure for what is no JSON. A refusal says the problem's detail
 *         (RFC 9457; the dialects' own texts are read too).
 *
 * @module
 */
import { Failure, Refused, type Said, Unreachable } from '../commands/failure.ts';

export type Sent = {
  method: string;
  path: string;
  body?: object | undefined;
  headers?: Record<string, string>;
};
export type Answer = { status: number; body: Record<string, unknown>; etag: string | undefined };

const WAIT_MS = 30_000;
/** As the document says of the admin API's changes (RFC 7396). */
const MERGE_PATCH = 'application/merge-patch+json';

/** @returns Any answer; whether it is a refusal is the caller's to see. */
export async function exchange(url: string, sent: Sent): Promise<Answer> {
  const { method, path, body, headers } = sent;
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      ...(body && { 'content-type': method === 'PATCH' ? MERGE_PATCH : 'application/json' }),
      ...headers,
    },
    // Credentials go to where the administrator said, and nowhere else.
    redirect: 'manual',
    signal: AbortSignal.timeout(WAIT_MS),
    ...(body && { body: JSON.stringify(body) }),
  }).catch((error: Error) => {
    const { cause } = error;
    throw new Unreachable(`${url} cannot be reached: ${reasonOf(cause ?? error)}`);
  });
  const text = await answer.text();
  const etag = answer.headers.get('etag') ?? undefined;
  return { status: answer.status, body: parsed(text, answer.status, url), etag };
}

/** What OpenSSL says in its own words is said in ours. */
function reasonOf(cause: unknown): string {
  const { code = '', message = '', name = '' } = cause as NodeJS.ErrnoException;
  if (/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST)/.test(code))
    return 'it does not speak https; for a stack on this machine without HTTPS=1 use http://';
  if (/SELF_SIGNED|UNABLE_TO|CERT_/.test(code))
    return `its certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS names one that is`;
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET')
    return 'it closed the connection; is it https, and the URL http?';
  return message || code || name;
}

function parsed(text: string, status: number, url: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure(`${url} answered ${status} and no JSON: is it a Latchkey?`);
  }
}

export function refusalOf({ status, body }: Answer): Refused {
  const text = [body['detail'], body['info'], body['title'], body['message']].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return new Refused(
    status,
    text === undefined ? `refused with status ${status}` : String(text),
    saidOf(body),
  );
}

function saidOf({ code, rule, errors }: Answer['body']): Said {
  const [first] = Array.isArray(errors) ? (errors as { field?: unknown }[]) : [];
  const known = Object.entries({ code, rule, field: first?.field });
  return Object.fromEntries(known.filter(([, value]) => typeof value === 'string')) as Said;
}
