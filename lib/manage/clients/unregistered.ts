/**
 * Clients that had power before it was asked for by name, and are registered for none: they let
 * nothing be done any more. And what to register, so that they go on as before.
 *
 * Of a client that acts for itself it is what its roles permit. What one does for its users nobody
 * has written down: `full_access` stands for all of it but the administration, and an operator who
 * knows what the client calls names less.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import type { Client } from '../../store/directory/clients.ts';
import { type Role, readRoles } from '../../store/directory/roles.ts';
import { mergeAcls } from '../../verdict/acl.ts';
import { FULL_ACCESS, namesPower } from '../../verdict/power.ts';

export type Unregistered = { client: Client; register: string[] };

/** @returns In the order given, without those that lose nothing. */
export async function unregisteredAmong(
  directory: Table,
  clients: readonly Client[],
): Promise<Unregistered[]> {
  const bare = clients.filter(({ scopes }) => !scopes.some(namesPower));
  const roles = await readRoles(directory, [...new Set(bare.flatMap((client) => client.roles))]);
  return bare
    .map((client) => ({ client, register: wordsFor(client, roles) }))
    .filter(({ register }) => register.length > 0);
}

function wordsFor({ grants, roles: names }: Client, roles: readonly Role[]): string[] {
  const held = roles.filter(({ name }) => names.includes(name)).map(({ effective }) => effective);
  const acl = grants.includes('client_credentials') ? mergeAcls(held) : {};
  const named = Object.entries(acl)
    .filter(([, letters]) => letters.length > 0)
    .map(([resource, letters]) => `${resource}:${letters.join('')}`);
  return grants.includes('authorization_code') ? [...named, FULL_ACCESS] : named;
}
