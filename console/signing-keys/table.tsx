/**
 * Each signing key: its part, and how old it is.
 *
 * @module
 */
import { ageIn } from '../app/age.ts';
import css from '../app/parts.module.css';
import { Moment, Tag } from '../app/parts.tsx';
import type { SigningKey } from './queries.ts';
import own from './table.module.css';

export const KeyTable = ({ keys }: { keys: readonly SigningKey[] }) => (
  <div className={css.scroll}>
    <table className={css.table}>
      <thead>
        <tr>
          {['Key', 'Algorithm', 'Part', 'Signs from', 'Age', 'Verifies until'].map((label) => (
            <th key={label} scope="col" className={own.whole}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {keys.map(({ kid, algorithm, part, signsFrom, age, verifiesUntil }) => (
          <tr key={kid}>
            <th scope="row">
              <code className={own.kid}>{kid}</code>
            </th>
            <td data-label="Algorithm">{algorithm}</td>
            <td data-label="Part" className={own.whole}>
              <Tag>{part}</Tag>
            </td>
            <td data-label="Signs from">
              <Moment at={signsFrom} />
            </td>
            <td data-label="Age" className={own.whole}>
              {age === undefined ? '–' : ageIn(age)}
            </td>
            <td data-label="Verifies until">
              {verifiesUntil === undefined ? 'no end yet' : <Moment at={verifiesUntil} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
