/**
 * Fields under headings, in the order in which they are given.
 *
 * @module
 */
import type { ReactNode } from 'react';
import type { FieldSpec } from './fields.tsx';
import css from './parts.module.css';

type Props = { specs: readonly FieldSpec[]; children: (spec: FieldSpec) => ReactNode };

export function Groups({ specs, children }: Props) {
  const titles = [...new Set(specs.map(({ group = '' }) => group))];
  return titles.map((title) => (
    <div key={title} className={css.stack}>
      {title && <h3>{title}</h3>}
      <div className={css.grid}>
        {specs.filter(({ group = '' }) => group === title).map(children)}
      </div>
    </div>
  ));
}
