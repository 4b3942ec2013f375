/**
 * What a change of a role would do, before it is made: to the role itself and to each that inherits from it,
 * and how many hold them. Refused is what the change itself would be refused for; nothing is written.
 *
 * @module
 */

import type { Administrator } from '../../authority/reach.ts';
import type { Tables } from '../../aws/tables.ts';
import type { Acl, Letter, Role } from '../../store/directory/roles.ts';
import { ACTIONS, type Extent, grantOf, stronger } from '../../verdict/acl.ts';
import { type Counted, countHolders } from './holders.ts';
import { planned, type RoleChange } from './lifecycle.ts';

type Effect = {
  role: string;
  /** By resource the letters that its holders get, and those that they lose. */
  gains: Acl;
  loses: Acl;
  holders: Counted;
};
export type Preview = { before: Role; after: Role; effects: Effect[] };

export async function previewRole(
  tables: Tables,
  administrator: Administrator,
  name: string,
  change: RoleChange,
): Promise<Preview> {
  const { caller } = administrator;
  const { before, roles, after } = await planned(tables.directory, caller, name, change);
  const { heirs = [] } = after.change;
  const effects = [after.role, ...heirs].flatMap((role) => {
    const old = roles.find((one) => one.name === role.name)?.effective ?? {};
    const gains = beyond(old, role.effective);
    const loses = beyond(role.effective, old);
    const isSame = Object.keys(gains).length === 0 && Object.keys(loses).length === 0;
    return isSame ? [] : [{ role: role.name, gains, loses }];
  });
  const counts = await Promise.all(
    effects.map(({ role }) => countHolders(tables, administrator, role)),
  );
  return {
    before,
    after: after.role,
    effects: effects.map((effect, index) => ({
      ...effect,
      holders: counts[index] ?? { count: 0, more: false },
    })),
  };
}

/** What the one permits beyond the other. */
function beyond(less: Acl, more: Acl): Acl {
  const all = Object.keys(more).map((resource) => {
    const letters = ACTIONS.flatMap((action): Letter[] => {
      const [was, is] = [less, more].map((acl) => grantOf([acl], resource, action)) as Extent[];
      if (was === undefined || is === undefined || stronger(was, is) === was) return [];
      return [is === 'all' ? action : `${action}o`];
    });
    return [resource, letters] as const;
  });
  return Object.fromEntries(all.filter(([, letters]) => letters.length > 0));
}
