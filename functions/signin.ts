/**
 * The pages on which users sign in and agree: lib/faces/pages/sign-in/sign-in.ts.
 *
 * @module
 */
import { composeProxy } from '../lib/compose/proxy.ts';
import { composeSignin } from '../lib/compose/signin.ts';
import { signInRoutes } from '../lib/faces/pages/sign-in/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(signInRoutes(composeSignin()), {}, composeProxy());
