/**
 * Every face of the service.
 *
 * @module
 */
import { ADMIN } from './admin.ts';
import { APPMIXER } from './appmixer.ts';
import { DISCOVERY } from './discovery.ts';
import { FAVEO } from './faveo.ts';
import { OAUTH } from './oauth.ts';
import { OPENID } from './openid.ts';
import type { Face } from './operation.ts';
import { WEBITEL } from './webitel.ts';

export const FACES: readonly Face[] = [WEBITEL, APPMIXER, FAVEO, OAUTH, OPENID, ADMIN, DISCOVERY];
