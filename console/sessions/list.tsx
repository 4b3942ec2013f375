/**
 * Live sessions: one's own, those of whomever the address names, or all of a domain; of these those of one
 * kind, of one client or from one address.
 *
 * @module
 */
import { useSearchParams } from 'wouter';
import { Page } from '../app/page.tsx';
import { SubjectSessions } from '../app/subject-sessions.tsx';
import { DomainSessions } from './of-domain.tsx';

export function Sessions() {
  const [params] = useSearchParams();
  const subject = params.get('subject') ?? '';
  const domain = params.get('domain') ?? '';
  return (
    <Page
      title="Sessions"
      about="Who is signed in, with what and since when. Whoever is signed out here is refused at the next call."
    >
      {domain ? (
        <DomainSessions key={domain} domain={domain} />
      ) : (
        <SubjectSessions
          key={subject}
          subject={subject || undefined}
          name={subject || 'your own account'}
          isFiltered
        />
      )}
    </Page>
  );
}
