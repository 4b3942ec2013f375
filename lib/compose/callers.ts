/**
 * For whom an operation is, as a member of it in the document, so that whoever shows it can say so before
 * anything is tried.
 *
 * Shape:  `x-latchkey`: { by, letter?, resource?, writes? }; `letter` is the one that a token needs on
 *         `resource`; `writes` is at a GET that may make what it shows
 *
 * @module
 */
import { LEAVES } from '../events/leaves.ts';
import { demandOf } from '../guard/demands.ts';
import { OWN_RESOURCES } from '../store/directory/own-resources.ts';
import { actionOf } from '../verdict/acl.ts';
import { resourceOf } from '../verdict/resource.ts';

/**
 * anybody   whoever can reach it
 * client    an OAuth client that proves who it is
 * person    somebody in front of a browser: it answers with pages
 * token     whoever has a token or an API key
 */
type By = 'anybody' | 'client' | 'person' | 'token';
export type Callers = { by: By; letter?: string; resource?: string; writes?: true };

/** All of the administration is one route of the deployment, but for what everybody may ask of oneself. */
const ADMINISTRATION = /^(\/admin\/api)\/(?!me(\/|$)).*/;

/** @param path - As in serverless.yml, and below /admin/api as its own routes say it. */
export const deployedRoute = (method: string, path: string): string =>
  `${method} ${path.replace(ADMINISTRATION, '$1/{proxy+}')}`;

export function callersOf(method: string, path: string): Callers {
  const route = deployedRoute(method, path);
  const [ofUser, ofBrowser] = [demandOf(route, 'user'), demandOf(route, 'cookie')];
  if (ofUser === 'client') return { by: 'client' };
  if (ofUser === 'anybody') return { by: ofBrowser === 'anybody' ? 'anybody' : 'person' };
  const makes = method === 'GET' && LEAVES[route]?.length ? { writes: true as const } : {};
  if (ofUser !== 'letter') return { by: 'token', ...makes };
  const resource = resourceOf(OWN_RESOURCES, path);
  const letter = actionOf(method);
  return { by: 'token', ...(resource && letter && { letter, resource }), ...makes };
}
