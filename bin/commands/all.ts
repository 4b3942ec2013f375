/**
 * Every command, by the words that call it.
 *
 * @module
 */
import { adminCreate } from './admin-create.ts';
import { adoptStage } from './adopt.ts';
import { apply } from './apply.ts';
import { AUDIT_COMMANDS } from './audit.ts';
import { auditKey, auditVerify } from './audit-verify.ts';
import { CLIENT_COMMANDS } from './client.ts';
import type { Command } from './command.ts';
import { CONSENT_COMMANDS } from './consents.ts';
import { consoleRegister } from './console-register.ts';
import { DEPLOYMENT_COMMANDS } from './deployment-wide.ts';
import { destroyStage } from './destroy.ts';
import { DOMAIN_COMMANDS } from './domain.ts';
import { explain } from './explain.ts';
import { KEY_COMMANDS } from './key.ts';
import { keysRotate } from './keys-rotate.ts';
import { listsFill } from './lists-fill.ts';
import { login, logout } from './login.ts';
import { MAIL_COMMANDS } from './mail.ts';
import { MEMORY_COMMANDS } from './memory.ts';
import { MY_COMMANDS } from './my-own.ts';
import { ON_CALL_COMMANDS } from './on-call.ts';
import { resourcesImport } from './resources-import.ts';
import { restoreFinish } from './restore-finish.ts';
import { ROLE_COMMANDS } from './role.ts';
import { SESSION_COMMANDS } from './session.ts';
import { signingKeyList } from './signing-key-list.ts';
import { trailRetell } from './trail-retell.ts';
import { USER_COMMANDS } from './user.ts';

export const COMMANDS: Readonly<Record<string, Command>> = {
  login,
  logout,
  ...USER_COMMANDS,
  ...CONSENT_COMMANDS,
  ...MY_COMMANDS,
  ...CLIENT_COMMANDS,
  ...KEY_COMMANDS,
  ...ROLE_COMMANDS,
  'resource import': resourcesImport,
  ...SESSION_COMMANDS,
  ...DOMAIN_COMMANDS,
  ...DEPLOYMENT_COMMANDS,
  'audit verify': auditVerify,
  'audit key': auditKey,
  ...AUDIT_COMMANDS,
  apply,
  explain,
  ...ON_CALL_COMMANDS,
  'admin create': adminCreate,
  'console register': consoleRegister,
  'restore finish': restoreFinish,
  'lists fill': listsFill,
  'trail retell': trailRetell,
  ...MEMORY_COMMANDS,
  ...MAIL_COMMANDS,
  'signing-key ls': signingKeyList,
  'signing-key rotate': keysRotate,
  adopt: adoptStage,
  destroy: destroyStage,
};

/** As they were called before; the first goes on working, since pipelines call it. */
export const FORMER: Readonly<Record<string, string>> = {
  'keys rotate': 'signing-key rotate',
  'key on': 'key enable',
  'key off': 'key disable',
  'resources import': 'resource import',
};
export const STILL_WORKING = ['keys rotate'];
