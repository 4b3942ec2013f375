/**
 * Somebody follows a link that they were sent, or led to.
 *
 *   GET  the page of its purpose (lib/account/links.ts), ?secret=   a button, nothing else; or that it is over
 *   POST the same   action=open: what is to be chosen; action=save: it is done, and the link is spent
 *
 * @module
 */
import {
  type Choosing,
  choosePassword,
  type LinkServices,
} from '../../../account/choose-password.ts';
import { PAGES, readLink, type Standing } from '../../../account/links.ts';
import { finishSignUp } from '../../../account/sign-up.ts';
import { readVisitorForm, type VisitorForm, visitorState } from '../../../browser/visitor-form.ts';
import { AuthError } from '../../../errors.ts';
import { NAME_LENGTH, PASSWORD_LENGTH } from '../../../http/input.ts';
import { type HttpRequest, originOf, parametersOf } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { keeping, SWITCH } from '../shell/language-switch.ts';
import { type Locale, spoken } from '../shell/locale.ts';
import { siteOf } from '../shell/page.ts';
import { type PageServices, type Visit as SeenVisit, siteFor } from '../sign-in/visit.ts';
import { ROUTES } from './asking.ts';
import * as pages from './link.ts';
import { ACCOUNT, recovered } from './recovered.ts';

export type FollowingServices = LinkServices & PageServices;
type Answer = Promise<HttpResponse>;
type Visit = SeenVisit & { purpose: pages.Followed };

/** Where another one is asked for by whoever needs it. */
const AGAIN: Partial<Record<pages.Followed, string>> = {
  'reset-password': ROUTES.forgot,
  unlock: ROUTES.unlock,
};

export async function over(services: FollowingServices, visit: Visit): Answer {
  const again = AGAIN[visit.purpose];
  return pages.overPage({ ...(await siteFor(services, visit, undefined)), again });
}

async function shown<Given extends object>(
  services: FollowingServices,
  visit: Visit,
  { link, user, domain }: Standing,
  make: (page: Parameters<typeof pages.openPage>[0] & Given) => HttpResponse,
  given: Given,
): Answer {
  const { request, purpose, sent, locale } = visit;
  const route = PAGES[purpose];
  const { cookie, ...state } = visitorState(services, request, { path: route, sent });
  const username = user?.username ?? link.address ?? '';
  const wearer = { id: user?.id ?? '', domain: domain.name };
  const site = await siteFor(services, visit, wearer);
  const page = make({ ...site, ...state, route, purpose, username, ...given });
  return keeping(services.issuer, locale, { ...page, cookies: [cookie] });
}

/** What of the query is the link's own, each sent once. */
function sentIn({ query }: HttpRequest): URLSearchParams {
  const own = [...parametersOf(query)].filter(([name]) => ['secret', 'ui_locales'].includes(name));
  return new URLSearchParams(own);
}

export const look =
  (purpose: pages.Followed) =>
  async (services: FollowingServices, request: HttpRequest): Answer => {
    const visit = { request, purpose, sent: sentIn(request) };
    const read = await readLink(services.tables, purpose, secretOf(visit), services.now());
    if (read.status === 'over') return over(services, visit);
    return shown(services, visit, read, pages.openPage, {});
  };

const secretOf = ({ sent }: Pick<Visit, 'sent'>): string => sent.get('secret') ?? '';

type Saved = { fields: VisitorForm['fields']; secret: string; password: string; locale: Locale };
type Save = (services: FollowingServices, visit: Visit, saved: Saved) => Answer;

/** A link that does something by its button alone has no `save`, but `press`. */
export const follow =
  (purpose: pages.Followed, { save, press }: { save?: Save; press?: Save }) =>
  async (services: FollowingServices, request: HttpRequest): Answer => {
    const { status, sent, fields } = readVisitorForm(services, request, PAGES[purpose]);
    const visit = { request, purpose, sent, locale: spoken(fields.get(SWITCH)) };
    if (status === 'expired') return startAgain(services, visit);
    const { locale } = siteOf(services.issuer, request, sent.get('ui_locales'));
    const saved = { fields, secret: secretOf(visit), locale };
    if (press && !visit.locale) return press(services, visit, { ...saved, password: '' });
    const password = fields.get('new_password') ?? '';
    const isSave = fields.get('action') === 'save' && !visit.locale;
    if (!save || !isSave || password === '' || password.length > PASSWORD_LENGTH)
      return chooseAgain(services, visit, fields, isSave ? problemOf(password) : undefined);
    return save(services, visit, { ...saved, password }).catch((error) =>
      chooseAgain(services, visit, fields, problemIn(error)),
    );
  };

const problemOf = (password: string) => (password === '' ? 'missing' : 'length');

const PROBLEMS: Readonly<Record<string, pages.ChoosePage['problem']>> = {
  'password-length': 'length',
  'password-length-of-seed': 'lengthOfSeed',
  'password-common': 'common',
  'password-leaked': 'leaked',
  'password-unchanged': 'unchanged',
};

/** @throws What is no word about the password. */
function problemIn(error: unknown): pages.ChoosePage['problem'] {
  if (!(error instanceof AuthError) || error.said.field !== 'newPassword') throw error;
  return PROBLEMS[error.said.rule] ?? 'unusable';
}

async function chooseAgain(
  services: FollowingServices,
  visit: Visit,
  fields: Saved['fields'],
  problem: pages.ChoosePage['problem'],
): Answer {
  const { purpose } = visit;
  const read = await readLink(services.tables, purpose, secretOf(visit), services.now());
  if (read.status === 'over') return over(services, visit);
  const name = fields.get('name') ?? '';
  return shown(services, visit, read, pages.choosePage, { name, ...(problem && { problem }) });
}

async function startAgain(services: FollowingServices, visit: Visit): Answer {
  const restart = `${PAGES[visit.purpose]}?${visit.sent}`;
  return pages.expiredPage({ ...(await siteFor(services, visit, undefined)), restart });
}

const choose = (purpose: Choosing) =>
  follow(purpose, {
    save: async (services, visit, { secret, password, locale }) => {
      const choice = { purpose, secret, password, locale, from: originOf(visit.request) };
      const chosen = await choosePassword(services, choice);
      if (chosen.status === 'over') return over(services, visit);
      const { user, returnTo: signIn = ACCOUNT } = chosen;
      if (purpose !== 'invitation') return recovered(services, visit, user, { purpose, signIn });
      const site = await siteFor(services, visit, user);
      return pages.donePage({ ...site, purpose, signIn });
    },
  });

export const reset = choose('reset-password');
export const acceptInvitation = choose('invitation');
export const changeDemanded = choose('must-change');

/** Never within a character, of which half could not be kept. */
const cut = (name: string): string => name.slice(0, NAME_LENGTH).replace(/[\uD800-\uDBFF]$/, '');

export const finish = follow('sign-up', {
  save: async (services, visit, { fields, secret, password, locale }) => {
    const name = cut((fields.get('name') ?? '').trim());
    const account = { secret, password, name, locale, from: originOf(visit.request) };
    const made = await finishSignUp(services, account);
    if (made.status === 'over') return over(services, visit);
    const wearer = made.status === 'done' ? made.user : undefined;
    const site = await siteFor(services, visit, wearer);
    if (made.status === 'taken') return pages.takenPage({ ...site, signIn: ACCOUNT });
    return pages.donePage({ ...site, purpose: 'sign-up', signIn: ACCOUNT });
  },
});
