/**
 * The routes of one's own account: for whoever is signed in in a browser, and for nobody else.
 *
 *   GET  /account                who it is, and where the rest is
 *   GET  /account/<page>         profile, email, password, sessions, applications, keys, activity, delete
 *   POST /account/<page>         what its form does; 303 back to it
 *   GET  /account/export         a file of JSON
 *
 * Whatever changes how the account is entered needs a sign-in of the last ten minutes: its page asks for one
 * first, and so does its form, which then has what was typed again.
 *
 * @module
 */
import type { Endpoint } from '../../../http/endpoint.ts';
import { refusedAsPages } from '../sign-in/served.ts';
import { showActivity } from './activity.ts';
import { endApplication, showApplications } from './applications.ts';
import {
  changeEmail,
  confirmLanding,
  isConfirmation,
  isLanding,
  showEmail,
  showLanding,
} from './email.ts';
import { erase, showErase } from './erase.ts';
import { exportData } from './export.ts';
import { changeKeys, showKeys } from './keys.ts';
import { overview } from './overview.ts';
import type { AccountPage } from './own-pages.ts';
import { setPassword, showPassword } from './password.ts';
import { saveProfile, showProfile } from './profile.ts';
import { doing, type Place, showing } from './serve.ts';
import { endSessions, showSessions } from './sessions.ts';
import type { AccountServices } from './visit.ts';

const PLACES: Readonly<Record<AccountPage, Place>> = {
  '/account': { show: overview },
  '/account/profile': { show: showProfile, act: saveProfile },
  '/account/email': { show: showEmail, act: changeEmail, isGrave: true },
  '/account/password': { show: showPassword, act: setPassword, isGrave: true },
  '/account/sessions': { show: showSessions, act: endSessions },
  '/account/applications': { show: showApplications, act: endApplication },
  '/account/keys': { show: showKeys, act: changeKeys },
  '/account/activity': { show: showActivity },
  '/account/export': { show: exportData },
  '/account/delete': { show: showErase, act: erase, isGrave: true },
};

type Run = Endpoint['run'];

export function accountRoutes(services: AccountServices): Readonly<Record<string, Endpoint>> {
  const runs = runsOf(services);
  return Object.fromEntries(
    Object.entries({ ...runs, ...orLanding(services, runs) }).map(([route, run]) => [
      route,
      { run, ...refusedAsPages(services) },
    ]),
  );
}

function runsOf(services: AccountServices): Record<string, Run> {
  const runs: Record<string, Run> = {};
  for (const [name, { act, ...place }] of Object.entries(PLACES)) {
    const at = { services, place: name as AccountPage };
    runs[`GET ${name}`] = showing(at, place);
    if (act) runs[`POST ${name}`] = doing(at, { ...place, act });
  }
  return runs;
}

/** The link in a mail leads to the page of the address, too, for whoever follows it. */
function orLanding(
  services: AccountServices,
  runs: Readonly<Record<string, Run>>,
): Record<string, Run> {
  const { [LOOK]: look, [SEND]: send } = runs;
  if (!look || !send) throw new TypeError('there is no page for it');
  return {
    [LOOK]: async (request) =>
      isLanding(request) ? showLanding({ services, request }) : look(request),
    [SEND]: async (request) =>
      isConfirmation(request) ? confirmLanding({ services, request }) : send(request),
  };
}

const LOOK = 'GET /account/email';
const SEND = 'POST /account/email';
