/** A browser without JavaScript, as far as the sign-in pages need one: cookies, forms, redirects. */
import type { Sent } from '../calls/events.ts';
import type { Answer, Service } from '../running/service.ts';

export type Browser = ReturnType<typeof openBrowser>;
export type Fields = Record<string, string>;

export const CALLBACK = 'https://app.example.com/callback?tenant=7';
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

export function openBrowser({ send }: Pick<Service, 'send'>, headers: Fields = {}) {
  const jar = new Map<string, string>();
  const go = async (call: string, sent: Sent = {}): Promise<Answer> => {
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`);
    const answer = await send(call, {
      ...sent,
      cookies,
      headers: { accept: 'text/html', ...headers, ...sent.headers },
    });
    for (const cookie of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0(;|$)/.test(cookie)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const post = (page: Answer, fields: Fields = {}): Promise<Answer> => {
    const { action, hidden } = formOf(page);
    return go(`POST ${action}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...hidden, ...fields }).toString(),
    });
  };
  /** Follows what leads back to the login, as a browser would. */
  const submit = async (page: Answer, fields: Fields = {}): Promise<Answer> => {
    const answer = await post(page, fields);
    const [, again] =
      /^https?:\/\/[^/]+(\/oauth\/login\?.*)$/.exec(answer.headers['location'] ?? '') ?? [];
    return again === undefined ? answer : go(`GET ${again}`);
  };
  return {
    jar,
    go,
    post,
    submit,
    authorize: (parameters: Fields | [string, string][]) =>
      go(`GET /oauth/authorize?${new URLSearchParams(parameters)}`),
    login: (page: Answer, username = '200@mydomain.com', password = 'secret') =>
      submit(page, { username, password }),
  };
}

/** @throws Error for a page without a form. */
export function formOf({ text, status }: Answer): { action: string; hidden: Fields } {
  const [, action] = /<form(?: id="form")? method="post" action="([^"]*)">/.exec(text) ?? [];
  if (action === undefined) throw new Error(`no form on a page with ${status}: ${text}`);
  const inputs = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  const hidden = [...inputs].map(([, name = '', value = '']) => [plain(name), plain(value)]);
  return { action: plain(action), hidden: Object.fromEntries(hidden) };
}

const ENTITIES: Fields = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#34': '"' };
const plain = (text: string): string =>
  text.replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);

/** Without the head, and without what stands at the foot of every page. */
export const mainOf = ({ text }: Answer): string => /<main>([\s\S]*)<\/main>/.exec(text)?.[1] ?? '';

/** Which of the pages it is, by its stable ids. */
export function pageOf({ text }: Answer): string {
  const pages = {
    'login-submit': 'login',
    'consent-allow': 'consent',
    'chooser-switch': 'account',
    'form-post-continue': 'form_post',
    error: 'error',
  };
  const found = Object.entries(pages).find(([id]) => text.includes(`id="${id}"`));
  return found?.[1] ?? (text.includes('This page has expired') ? 'expired' : 'none');
}

/** Where the link of a page leads that goes nowhere by itself. */
export const linkOf = ({ text }: Answer, id = 'back'): string | undefined => {
  const [, href] = new RegExp(`<a class="button" id="${id}" href="([^"]*)">`).exec(text) ?? [];
  return href && plain(href);
};

/** What the client gets, by hand or at once. @throws Error if it gets nothing. */
export function answerOf(answer: Answer): { to: string } & Fields {
  const location = answer.headers['location'] ?? linkOf(answer);
  if (location) {
    const { origin, pathname, searchParams } = new URL(location);
    return { to: origin + pathname, ...Object.fromEntries(searchParams) };
  }
  if (!answer.text.includes('<form method="post" action="http'))
    throw new Error(`${answer.status}: ${answer.text}`);
  const { action, hidden } = formOf(answer);
  return { to: action, ...hidden };
}
