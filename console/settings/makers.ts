/**
 * Who makes users at `POST /user`, as a choice: an empty list of roles would read as if nothing were said, and
 * lets everybody.
 *
 * @module
 */
import type { Schemas } from '../app/api.ts';
import type { FieldSpec } from '../app/fields.tsx';

type Settings = Schemas['AdminSettings'];
export type Chosen = Settings & { makers: keyof typeof MAKERS };

const MAKERS = {
  deployed: 'As the deployment says',
  roles: 'Whoever holds one of some roles',
  everybody: 'Everybody who reaches the API',
} as const;

export const MAKER_FIELDS: readonly FieldSpec[] = [
  {
    name: 'makers',
    label: 'Who makes users at POST /user',
    kind: 'choice',
    options: Object.keys(MAKERS),
    meanings: MAKERS,
  },
  {
    name: 'userCreateScope',
    label: 'Roles that make users',
    kind: 'lines',
    hint: 'One a line; one of them is needed.',
    isShown: ({ makers }) => makers === 'roles',
  },
];

export function chosenIn(settings: Settings): Chosen {
  const { userCreateScope: roles } = settings;
  if (roles === undefined) return { ...settings, makers: 'deployed' };
  return { ...settings, makers: roles.length > 0 ? 'roles' : 'everybody' };
}

/**
 * @param change - Of the fields above, and others.
 * @param before - What was chosen before it.
 * @returns As the service takes it. No role at all is left to the service to refuse.
 */
export function settingsOf(change: object, before: Chosen): object {
  const { makers = before.makers, userCreateScope, ...rest } = change as Partial<Chosen>;
  const isOther = makers !== before.makers;
  if (makers === 'deployed') return { ...rest, ...(isOther && { userCreateScope: null }) };
  if (makers === 'everybody') return { ...rest, ...(isOther && { userCreateScope: [] }) };
  if (!isOther && userCreateScope === undefined) return rest;
  return { ...rest, userCreateScope: userCreateScope?.length ? userCreateScope : [''] };
}
