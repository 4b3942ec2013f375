/**
 * The client by which the administration console signs people in. It belongs to the deployment: whoever
 * deploys it makes it (manage/deployment/register-console.ts), and nobody takes its id or deletes it.
 *
 * It needs `full_access` beside the administration by name, since nobody gives away through a client what
 * the client was not given (authority/grant.ts).
 *
 * Errors: `conflict` naming the field, `insufficient_scope`.
 *
 * @module
 */
import { refuse, refuseField } from '../../errors.ts';
import { OWN_RESOURCES } from '../../store/directory/own-resources.ts';

export const CONSOLE_CLIENT = 'latchkey-console';

export const CONSOLE_SCOPES: readonly string[] = [
  'openid',
  'full_access',
  ...Object.keys(OWN_RESOURCES).map((name) => `${name}:*`),
];

export function requireFreeId(id: string): void {
  if (id === CONSOLE_CLIENT)
    throw refuseField('id', 'client-id-reserved', 'is the id of the console', 'conflict');
}

export function requireDeletable(id: string): void {
  if (id === CONSOLE_CLIENT)
    throw refuse(
      'insufficient_scope',
      'own-client',
      'The console signs people in by this client: it can be disabled, not deleted.',
    );
}
