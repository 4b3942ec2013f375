/**
 * The verdict step by step, and what would have to be granted.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Loading } from '../app/page.tsx';
import css from '../app/parts.module.css';
import { Card, Done, Failure, Name, Note, Tag } from '../app/parts.tsx';
import { type Asked, type Explanation, explanationQuery } from './queries.ts';

type Lack = Explanation['lacking'][number];

const VERDICTS: Readonly<Record<Explanation['verdict'], string>> = {
  allowed: 'Allowed',
  forbidden: 'Refused (403)',
  unauthenticated: 'Refused (401): with this, nobody is known to call',
};

export function Answer({ asked }: { asked: Asked }) {
  const { data, error } = useQuery(explanationQuery(asked));
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const { verdict, own, steps, lacking } = data;
  return (
    <Card title="The verdict">
      {verdict === 'allowed' ? (
        <Done>{own ? 'Allowed, for own objects only' : VERDICTS.allowed}</Done>
      ) : (
        <div role="status" className={css.problem}>
          {VERDICTS[verdict]}
        </div>
      )}
      <Steps steps={steps} />
      {lacking.length > 0 && (
        <Note>
          <h3>{lacking.length > 1 ? 'To allow it, all of this:' : 'To allow it:'}</h3>
          <ul>
            {lacking.map((lack) => (
              <li key={lack.where}>{WANTED[lack.where](lack)}</li>
            ))}
          </ul>
        </Note>
      )}
    </Card>
  );
}

const Steps = ({ steps }: Pick<Explanation, 'steps'>) => (
  <div className={css.scroll}>
    <table className={css.table}>
      <caption>Checks, in their order</caption>
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">Passed</th>
          <th scope="col">Because</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ check, passed, detail }) => (
          <tr key={check}>
            <th scope="row">
              <Name>{check}</Name>
            </th>
            <td data-label="Passed">
              <Tag off={!passed}>{passed ? 'yes' : 'no'}</Tag>
            </td>
            <td data-label="Because">
              <Name>{detail}</Name>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

const Letter = ({ letter, resource }: Lack) => (
  <>
    the letter <code>{letter}</code> on{' '}
    <Link href={`/resources/${encodeURIComponent(resource ?? '')}`}>
      <Name>{resource ?? ''}</Name>
    </Link>
  </>
);

const WANTED: Readonly<Record<Lack['where'], (lack: Lack) => ReactNode>> = {
  credential: () => 'Another sign-in, or another key: this one is good for nothing any more.',
  registry: () => (
    <>
      A <Link href="/resources">resource</Link> with a pattern that covers the path.
    </>
  ),
  method: () => 'Another method: no letter stands for this one.',
  roles: (lack) => (
    <>
      In a <Link href="/roles">role</Link> of its owner, <Letter {...lack} />.
    </>
  ),
  key: (lack) => (
    <>
      In what the key itself was given, <Letter {...lack} />: make another key.
    </>
  ),
  scope: ({ resource = 'RESOURCE', letter = 'LETTERS' }) => (
    <>
      In the scope, and in what the client is registered for,{' '}
      <code>
        <Name>{`${resource}:${letter}`}</Name>
      </code>
      .
    </>
  ),
};
