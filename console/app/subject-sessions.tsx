/**
 * The live sessions of a user or a client.
 *
 * @module
 */
import { SessionList } from './session-list.tsx';
import { SESSION_COLUMNS, SESSION_FILTERS } from './session-rows.tsx';

type Props = {
  /** Its id; without it, whoever is signed in. */
  subject?: string | undefined;
  name: string;
  /** Whether the address narrows the list. */
  isFiltered?: boolean;
};

export const SubjectSessions = ({ subject, name, isFiltered = false }: Props) => (
  <SessionList
    name={name}
    of={subject === undefined ? undefined : { subject }}
    filters={isFiltered ? SESSION_FILTERS : []}
    columns={SESSION_COLUMNS}
    empty="Nobody is signed in. A session begins with a sign-in, and ends here at once."
    commandLine={`npm run latchkey -- session ls ${subject ? `--user ${subject}` : ''}`}
    all={{
      label: 'End all sessions',
      title: `End all sessions of ${name}?`,
      about: 'Every session ends now, and the next call of each is refused. API keys go on.',
    }}
  />
);
