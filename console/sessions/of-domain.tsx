/**
 * The live sessions of a whole domain, whoever they belong to.
 *
 * @module
 */
import { SessionList } from '../app/session-list.tsx';
import { OWNED_COLUMNS, SESSION_FILTERS } from '../app/session-rows.tsx';

export const DomainSessions = ({ domain }: { domain: string }) => (
  <SessionList
    name={domain}
    of={{ domain }}
    filters={SESSION_FILTERS}
    columns={OWNED_COLUMNS}
    empty="Nobody of this domain is signed in."
    commandLine={`npm run latchkey -- session ls --in ${domain}`}
    all={{
      label: 'Sign everybody out',
      title: `Sign everybody in ${domain} out?`,
      typed: domain,
      about: 'Every session of the domain ends now, your own included if it is yours.',
    }}
  />
);
