/**
 * The matrix of a role: resources by actions, with what is inherited and from whom.
 *
 * @module
 */
import { useId, useState } from 'react';
import parts from '../app/parts.module.css';
import { Stack } from '../app/parts.tsx';
import {
  ACTION_WORDS,
  ACTIONS,
  type Action,
  EXTENTS,
  type Extent,
  extentOf,
  inheritedOf,
  withExtent,
} from './letters.ts';
import css from './matrix.module.css';
import type { Acl, Role } from './queries.ts';

type Props = {
  resources: readonly string[];
  roles: readonly Role[];
  parents: readonly string[];
  before: Acl;
  acl: Acl;
  isFixed: boolean;
  onChange: (acl: Acl) => void;
};

export function Matrix(props: Props) {
  const id = useId();
  const [sought, seek] = useState('');
  const [isAll, setAll] = useState(true);
  const { resources, acl, before } = props;
  const all = [...new Set([...resources, ...Object.keys(acl), ...Object.keys(before)])].sort();
  const shown = all.filter(
    (name) =>
      name.toLowerCase().includes(sought.toLowerCase()) && (isAll || isTouched(props, name)),
  );
  return (
    <Stack>
      <div className={parts.row}>
        <div className={parts.field}>
          <label htmlFor={id}>Resource</label>
          <input
            id={id}
            className={parts.input}
            value={sought}
            autoComplete="off"
            onChange={({ target }) => seek(target.value)}
          />
        </div>
        <label className={parts.choice}>
          <input
            type="checkbox"
            checked={!isAll}
            onChange={({ target }) => setAll(!target.checked)}
          />
          Only what may be done
        </label>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section className={parts.scroll} tabIndex={0} aria-label="Letters by resource">
        <table className={`${parts.table} ${css.matrix}`}>
          <caption>What the role may do with each resource</caption>
          <thead>
            <tr>
              <th scope="col">Resource</th>
              {ACTIONS.map((action) => (
                <th key={action} scope="col">
                  {ACTION_WORDS[action]} ({action})
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((resource) => (
              <tr key={resource}>
                <th scope="row">
                  <bdi>{resource}</bdi>
                </th>
                {ACTIONS.map((action) => (
                  <td key={action} data-label={ACTION_WORDS[action]}>
                    <Cell {...props} resource={resource} action={action} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Stack>
  );
}

const isTouched = ({ acl, before, roles, parents }: Props, resource: string): boolean =>
  ACTIONS.some(
    (action) =>
      extentOf(acl, resource, action) !== 'none' ||
      extentOf(before, resource, action) !== 'none' ||
      inheritedOf(roles, parents, resource, action),
  );

type CellProps = Props & { resource: string; action: Action };

function Cell({ resource, action, acl, before, roles, parents, isFixed, onChange }: CellProps) {
  const extent = extentOf(acl, resource, action);
  const inherited = inheritedOf(roles, parents, resource, action);
  return (
    <span>
      <select
        aria-label={`${ACTION_WORDS[action]} ${resource}`}
        value={extent}
        disabled={isFixed}
        data-extent={extent}
        data-changed={extent !== extentOf(before, resource, action)}
        onChange={({ target }) =>
          onChange(withExtent(acl, resource, action, target.value as Extent))
        }
      >
        {EXTENTS.map((one) => (
          <option key={one} value={one}>
            {one === 'none' ? '–' : one}
          </option>
        ))}
      </select>
      {inherited && (
        <span className={css.inherited}>
          {inherited.extent} by <bdi>{inherited.from}</bdi>
        </span>
      )}
    </span>
  );
}
