/** A browser of somebody who is signed in, on the pages of their own account. */
import { type Answer, advance, type Service } from '../running/service.ts';
import { type Browser, type Fields, formOf, openBrowser } from './browser.ts';

export type AtAccount = Browser & { username: string };

/** Signs in for the account page, and nothing else. */
export async function signedIn(
  service: Pick<Service, 'send'>,
  username: string,
  headers: Fields = {},
): Promise<AtAccount> {
  const browser = openBrowser(service, headers);
  const answer = await browser.post(await browser.go('GET /oauth/login?return_to=/account'), {
    username,
    password: 'secret',
  });
  if (answer.status !== 303) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
  return { ...browser, username };
}

/** The form of a page that has this in it: an id of its button, or a hidden value. */
export function formWith(page: Answer, marker: string): ReturnType<typeof formOf> {
  const forms = page.text.match(/<form [\s\S]*?<\/form>/g) ?? [];
  const text = forms.find((form) => form.includes(marker));
  if (text === undefined) throw new Error(`no form with ${marker}: ${page.status} ${page.text}`);
  return formOf({ ...page, text });
}

export const send = (
  browser: Pick<Browser, 'go'>,
  action: string,
  fields: Fields,
  headers: Fields = {},
): Promise<Answer> =>
  browser.go(`POST ${action}`, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });

/** Fills in a form of a page, and presses its button. */
export async function press(
  browser: Pick<Browser, 'go'>,
  place: string,
  marker: string,
  fields: Fields = {},
): Promise<Answer> {
  const { action, hidden } = formWith(await browser.go(`GET ${place}`), marker);
  return send(browser, action, { ...hidden, ...fields });
}

/** Longer than a sign-in counts as fresh. */
export const growStale = (): void => advance(601);
