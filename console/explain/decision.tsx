/**
 * One line of the authorizer's log, and what would be decided now.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useMay } from '../app/me.ts';
import { Loading } from '../app/page.tsx';
import { Fact, Facts, Failure, Moment, Name, Soft, Stack, Tag } from '../app/parts.tsx';
import { Answer } from './answer.tsx';
import { type Decision, pathOfQuery } from './queries.ts';

const WORDS: Readonly<Record<Decision['code'], string>> = {
  allowed: 'allowed',
  forbidden: 'refused (403)',
  unauthenticated: 'refused (401)',
};

export const DecisionFacts = ({ decision }: { decision: Decision }) => (
  <Stack>
    <Facts>
      <Fact name="When">
        <Moment at={decision.at} />
      </Fact>
      <Fact name="Decided">
        <Tag off={decision.code !== 'allowed'}>{WORDS[decision.code]}</Tag>{' '}
        {decision.mode === 'kept' && 'for a cache, with all that its caller may do'}
      </Fact>
      {decision.reason !== undefined && (
        <Fact name="Because">
          <Name>{decision.reason}</Name>
        </Fact>
      )}
      {FACTS.map(([name, of]) => {
        const said = of(decision);
        return (
          said !== undefined && (
            <Fact key={name} name={name}>
              <Name>{said}</Name>
            </Fact>
          )
        );
      })}
    </Facts>
    <Now decision={decision} />
  </Stack>
);

const claim = (value: string | undefined) =>
  value === undefined ? undefined : `${value}, as it claims; nothing proves it`;

const FACTS: readonly (readonly [string, (decision: Decision) => string | undefined])[] = [
  ['Rule', ({ rule }) => rule],
  ['Resource', ({ resource }) => resource],
  ['Letter', ({ letter }) => letter],
  ['Subject', ({ subject, claimed }) => subject ?? claim(claimed?.subject)],
  ['Domain', ({ domain, claimed }) => domain ?? claim(claimed?.domain)],
  ['Client', ({ client, claimed }) => client ?? claim(claimed?.client)],
  ['API', ({ api, stage }) => (stage === undefined ? api : `${api}, stage ${stage}`)],
  ['From', ({ address }) => address],
];

const METHODS: Readonly<Record<string, string>> = { c: 'POST', r: 'GET', u: 'PATCH', d: 'DELETE' };

/** The log keeps no path, so another one of the same resource stands for it. */
function Now({ decision: { credential, resource, letter } }: { decision: Decision }): ReactNode {
  const may = useMay();
  const method = METHODS[letter ?? ''];
  const path = useQuery({
    ...pathOfQuery(resource ?? '', may('r', 'admin/resources')),
    enabled: resource !== undefined,
  });
  if (credential === undefined || !may('r', 'admin/sessions')) return null;
  if (resource === undefined || method === undefined)
    return (
      <Soft>
        What would be decided now, the form above says, for the id <Name>{credential}</Name> and a
        path of your choice: the log keeps none.
      </Soft>
    );
  if (path.error) return <Failure error={path.error} />;
  if (!path.data) return <Loading />;
  return (
    <>
      <Soft>
        And now, for {method} <Name>{path.data}</Name>, which is of the same resource; the log keeps
        no path:
      </Soft>
      <Answer asked={{ id: credential, method, path: path.data }} />
    </>
  );
}
