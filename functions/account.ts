/**
 * The pages of one's own account: lib/faces/pages/account/routes.ts.
 *
 * @module
 */
import { composeAccount } from '../lib/compose/account.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { accountRoutes } from '../lib/faces/pages/account/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(accountRoutes(composeAccount()), {}, composeProxy());
