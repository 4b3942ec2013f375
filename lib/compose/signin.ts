/**
 * Wiring of the pages on which users sign in. They sign no token, and so have no signing keys.
 *
 * Errors: ConfigError.
 *
 * @module
 */

import { readConfig } from '../config.ts';
import { OWN_PAGE as APPMIXER_PAGE } from '../faces/appmixer/own-page.ts';
import { OWN_PAGE as FAVEO_PAGE } from '../faces/faveo/own-page.ts';
import { ACCOUNT_PAGES } from '../faces/pages/account/own-pages.ts';
import type { SigninServices } from '../faces/pages/sign-in/sign-in.ts';
import { OWN_PAGE as WEBITEL_PAGE } from '../faces/webitel/own-page.ts';
import { mailQueue, now, publishedKeys, TRAILING, tables, trailServices } from './collaborators.ts';

export function composeSignin(): SigninServices {
  const { issuer, browserSessionLifetime, defaultDomain, brandDomain, ...names } = readConfig(
    process.env,
    [
      'issuer',
      'directoryTable',
      'sessionsTable',
      'browserSessionLifetime',
      'impliedAccess',
      'mailQueue',
      'defaultDomain',
      'brandDomain',
      ...TRAILING,
    ],
  );
  const both = tables(names);
  return {
    tables: both,
    defaultDomain,
    brandDomain,
    issuer,
    keys: publishedKeys(both.directory),
    now,
    queue: mailQueue(names),
    browserSessionLifetime,
    trail: trailServices(both.sessions.client, names),
    ownPages: [APPMIXER_PAGE, WEBITEL_PAGE, FAVEO_PAGE, ...ACCOUNT_PAGES],
  };
}
