/**
 * Wiring of the pages on which users sign in. They sign no token, and so have no signing keys.
 *
 * Errors: ConfigError.
 *
 * @module
 */

import { connectQueue } from '../aws/queue.ts';
import type { BrowserSignInServices } from '../browser/sign-in.ts';
import { readConfig } from '../config.ts';
import { announceLogout } from '../events/announce-logout.ts';
import type { AuthorizeServices } from '../oauth/authorize/begin.ts';
import { now, publishedKeys, tables } from './collaborators.ts';

export function composeSignin(): AuthorizeServices & BrowserSignInServices {
  const { issuer, browserSessionLifetime, logoutQueue, ...names } = readConfig(process.env, [
    'issuer',
    'directoryTable',
    'sessionsTable',
    'browserSessionLifetime',
    'logoutQueue',
  ]);
  const both = tables(names);
  return {
    tables: both,
    issuer,
    keys: publishedKeys(both.directory),
    now,
    browserSessionLifetime,
    announce: announceLogout(connectQueue(logoutQueue)),
  };
}
