/**
 * The pages of people without a session: lib/faces/pages/recovery/routes.ts.
 *
 * @module
 */
import { composeProxy } from '../lib/compose/proxy.ts';
import { composeRecovery } from '../lib/compose/recovery.ts';
import { recoveryRoutes } from '../lib/faces/pages/recovery/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(recoveryRoutes(composeRecovery()), {}, composeProxy());
