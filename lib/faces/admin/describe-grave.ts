/**
 * What the document says of the routes that need a fresh sign-in.
 *
 * @module
 * @see RFC 9470 §3
 */
import type { Operation, Operations } from '../../openapi/operation.ts';
import { BASE } from './call.ts';
import { ALWAYS, GRAVE } from './grave.ts';

const NEEDS =
  'need a person who signed in during the last ten minutes: else 401 with ' +
  '`insufficient_user_authentication` and `max_age` (RFC 9470), or 403 where no person has signed in.';

export const withGrave = (operations: Operations): Operations =>
  Object.fromEntries(
    Object.entries(operations).map(([route, operation]) => [
      route,
      said(operation, GRAVE[route.replace(BASE, '')]),
    ]),
  );

function said(operation: Operation, which: string | undefined): Operation {
  if (which === undefined) return operation;
  const calls = which === ALWAYS ? 'Such calls' : `Calls ${which}`;
  const description = [operation.description, `${calls} ${NEEDS}`].filter(Boolean).join(' ');
  return { ...operation, description };
}
