/**
 * Every face of the service.
 *
 * @module
 */
import { ADMIN } from '../faces/admin/describe.ts';
import { APPMIXER } from '../faces/appmixer/describe.ts';
import { FAVEO } from '../faces/faveo/describe.ts';
import { OAUTH } from '../faces/oauth/describe.ts';
import { DISCOVERY } from '../faces/oauth/describe-discovery.ts';
import { OPENID } from '../faces/oauth/describe-openid.ts';
import { WEBITEL } from '../faces/webitel/describe.ts';
import type { Face } from '../openapi/operation.ts';

export const FACES: readonly Face[] = [WEBITEL, APPMIXER, FAVEO, OAUTH, OPENID, ADMIN, DISCOVERY];
