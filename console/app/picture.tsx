/**
 * A picture: its address, or a file, which becomes part of what is saved. What is inside is shown as it
 * will be on a page; nothing is fetched from elsewhere.
 *
 * @module
 */
import { useId } from 'react';
import css from './parts.module.css';

type Props = {
  label: string;
  value: string;
  attributes: object;
  onChange: (value: string) => void;
};

/** The service says so too; this one says it before the file is read. */
const ACCEPTED = 'image/png,image/jpeg,image/gif,image/webp,image/svg+xml';

export function Picture({ label, value, attributes, onChange }: Props) {
  const id = useId();
  const isInside = value.startsWith('data:');
  return (
    <>
      {isInside && <img className={css.logo} src={value} alt="As it is on a page" />}
      <input {...attributes} type="text" autoComplete="off" spellCheck={false} />
      <label htmlFor={id} className={`${css.soft} ${css.small}`}>
        {label}: from a file
      </label>
      <input
        id={id}
        type="file"
        accept={ACCEPTED}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) void dataOf(file).then(onChange);
        }}
      />
    </>
  );
}

const dataOf = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
