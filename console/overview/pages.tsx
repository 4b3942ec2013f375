/**
 * How it stands: what was counted of the whole deployment, what is about to expire, what happened lately.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'wouter';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import { Action, Failure, Missing, Row } from '../app/parts.tsx';
import { Alarms } from './alarms.tsx';
import css from './chart.module.css';
import { CountedCard } from './counted.tsx';
import { ExpiringKeys } from './expiring.tsx';
import { Lately } from './lately.tsx';
import { SPANS, type Span, statisticsQuery } from './queries.ts';
import { SigningKeysCard } from './signing.tsx';

export const OverviewPages = () => (
  <Page title="Overview" about="How the service stands, and where to look closer.">
    <Alarms />
    <Counted />
    <div className={css.both}>
      <ExpiringKeys />
      <SigningKeysCard />
    </div>
    <Lately />
  </Page>
);

function Counted() {
  const may = useMay()('r', 'admin/statistics');
  if (!may)
    return (
      <Missing
        letter="r"
        resource="admin/statistics"
        to="see what is counted, of all domains together,"
      />
    );
  return <Statistics />;
}

const WORDS: Readonly<Record<Span, string>> = { '24h': '24 hours', '7d': '7 days' };

function Statistics() {
  const [params, setParams] = useSearchParams();
  const span = SPANS.find((one) => one === params.get('span')) ?? '24h';
  const { data, error, refetch } = useQuery(statisticsQuery(span));
  return (
    <>
      <Row>
        {SPANS.map((one) => (
          <Action
            key={one}
            look={one === span ? 'primary' : 'plain'}
            aria-pressed={one === span}
            onPress={() => setParams(one === '24h' ? {} : { span: one })}
          >
            {WORDS[one]}
          </Action>
        ))}
        <Action onPress={() => void refetch()}>Count again</Action>
      </Row>
      <Failure error={error} />
      {!data && !error && (
        <div className={css.waiting}>
          <Loading />
        </div>
      )}
      {data && (
        <>
          <CountedCard
            title="Sign-ins"
            from={data.from}
            span={WORDS[span]}
            groups={[
              { label: 'signed in', look: 'good', counted: data.signIns, href: signIns },
              { label: 'refused', look: 'bad', counted: data.signInsRefused, href: refusals },
            ]}
            empty="Nobody has signed in, or tried to."
          />
          <CountedCard
            title="Refused calls, by reason"
            from={data.from}
            span={WORDS[span]}
            groups={[{ label: 'refused', look: 'bad', counted: data.callsRefused }]}
            beside={[{ label: 'allowed', counted: data.callsAllowed }]}
            empty="The authorizer has refused no call."
            note="Which calls they were is in its log: npm run latchkey -- top --by rule --since 24h"
          />
          <CountedCard
            title="Ends of sessions"
            from={data.from}
            span={WORDS[span]}
            groups={[{ label: 'ended', look: 'good', counted: data.sessionsEnded, href: ends }]}
            empty="No session was ended; those that expire are not counted."
            note="What ends all of somebody’s sessions counts once."
          />
        </>
      )}
    </>
  );
}

const signIns = () => '/audit?type=session.opened';
const refusals = () => '/audit?type=session.refused';
const ends = (type: string) => `/audit?type=${encodeURIComponent(type)}`;
