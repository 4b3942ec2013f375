/**
 * The fields of a form under headings, in the order in which they are given: what is typed in them, and
 * what is wrong with it.
 *
 * @module
 */
import { type Draft, errorAt, shownIn } from './draft.ts';
import { Field, type FieldSpec } from './fields.tsx';
import css from './parts.module.css';

type Props = {
  specs: readonly FieldSpec[];
  draft: Draft;
  /** By the names of fields. */
  errors: Readonly<Record<string, string>>;
  onChange: (draft: Draft) => void;
};

export function DraftFields({ specs, draft, errors, onChange }: Props) {
  const shown = shownIn(draft, specs);
  const titles = [...new Set(shown.map(({ group = '' }) => group))];
  const fieldOf = (spec: FieldSpec) => {
    const field = (
      <Field
        key={spec.name}
        spec={spec}
        value={draft[spec.name] ?? ''}
        error={errorAt(errors, spec.name)}
        onChange={(value) => onChange({ ...draft, [spec.name]: value })}
      />
    );
    if (!spec.preview) return field;
    return (
      <div key={spec.name} className={css.field}>
        {field}
        {spec.preview(draft)}
      </div>
    );
  };
  return titles.map((title) => (
    <div key={title} className={css.stack}>
      {title && <h3>{title}</h3>}
      <div className={css.grid}>
        {shown.filter(({ group = '' }) => group === title).map(fieldOf)}
      </div>
    </div>
  ));
}
