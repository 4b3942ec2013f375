/**
 * The keys that sign tokens: their age and part, and what a root asks of their rotation.
 *
 * @module
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Confirmed } from '../app/confirm.tsx';
import { useMay } from '../app/me.ts';
import { Loading, Page } from '../app/page.tsx';
import {
  Card,
  CommandLine,
  Done,
  Failure,
  Missing,
  Moment,
  Note,
  Row,
  Soft,
} from '../app/parts.tsx';
import { rotateKeys, type SigningKeys, signingKeysQuery, withdrawKeys } from './queries.ts';
import { KeyTable } from './table.tsx';

/** Milliseconds: how often is looked, and for how long, until what was asked for has come. */
const EVERY = 1500;
const PATIENCE = 60_000;

type Asked = { what: 'rotation' | 'withdrawal'; youngest: string | undefined; until: number };
const youngestOf = ({ items: [first] }: SigningKeys): string | undefined => first?.kid;

const hasCome = (asked: Asked | undefined, now: SigningKeys): boolean =>
  asked === undefined || youngestOf(now) !== asked.youngest;

export function SigningKeyPages() {
  const mayChange = useMay()('c', 'admin/signing-keys');
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const { data, error } = useQuery({
    ...signingKeysQuery,
    refetchInterval: ({ state }) =>
      state.data && !hasCome(asked, state.data) && Date.now() < (asked?.until ?? 0) ? EVERY : false,
  });
  if (error) return <Failure error={error} />;
  if (!data) return <Loading />;
  const ask = (what: Asked['what'], send: () => Promise<SigningKeys>) => async () => {
    const before = await send();
    setAsked({ what, youngest: youngestOf(before), until: Date.now() + PATIENCE });
    cache.setQueryData(signingKeysQuery.queryKey, before);
  };
  return (
    <Page
      title="Signing keys"
      about="What every token is signed with. They rotate by themselves; the private halves are in a secret that no page reads."
    >
      <State asked={asked} now={data} />
      <Card title="Keys">
        <Soft>
          The current ones sign. The next ones wait until everybody knows them; the previous ones
          verify what they have signed.
        </Soft>
        <KeyTable keys={data.items} />
      </Card>
      {mayChange ? (
        <Changes rotate={ask('rotation', rotateKeys)} withdraw={ask('withdrawal', withdrawKeys)} />
      ) : (
        <Missing letter="c" resource="admin/signing-keys" to="rotate or withdraw them" />
      )}
    </Page>
  );
}

function State({ asked, now }: { asked: Asked | undefined; now: SigningKeys }) {
  if (asked && hasCome(asked, now))
    return (
      <Done>
        {asked.what === 'rotation'
          ? 'New keys are published. They sign once everybody knows them.'
          : 'New keys sign. Within five minutes everybody has to sign in again.'}
      </Done>
    );
  if (asked) return <Done>Asked for. The new keys are being made…</Done>;
  if (now.withdrawnAt === undefined) return null;
  return (
    <Note>
      Keys were withdrawn <Moment at={now.withdrawnAt} /> and are still published: rotate them now.
    </Note>
  );
}

type Act = () => Promise<void>;

const Changes = ({ rotate, withdraw }: { rotate: Act; withdraw: Act }) => (
  <>
    <Card title="Rotate">
      <Soft>
        New keys, before the schedule makes them. No token is refused for it: the old ones verify
        until the last token that they signed has expired.
      </Soft>
      <Row>
        <Confirmed label="Rotate keys" title="Make new signing keys?" act={rotate}>
          <p>They are published now, and sign once everybody knows them. Nobody notices.</p>
        </Confirmed>
      </Row>
      <CommandLine>npm run latchkey -- signing-key rotate --signed-in</CommandLine>
    </Card>
    <Card title="Withdraw">
      <Soft>
        For when the keys are no secret any more. Every token that was signed until now is refused,
        within five minutes everywhere.
      </Soft>
      <Row>
        <Confirmed
          label="Withdraw keys"
          title="Give up every signing key?"
          typed="withdraw"
          act={withdraw}
        >
          <p>
            Everybody has to sign in again, you too, and domain tokens have to be made anew. API
            keys, refresh tokens and what browsers remember go on.
          </p>
        </Confirmed>
      </Row>
      <CommandLine>npm run latchkey -- signing-key rotate --withdraw --signed-in</CommandLine>
    </Card>
  </>
);
