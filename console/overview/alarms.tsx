/**
 * Which alarms of the deployment are up, since when, and where to read what to do.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../app/me.ts';
import { Loading } from '../app/page.tsx';
import { Card, CommandLine, Fact, Facts, Failure, Moment, Note, Soft } from '../app/parts.tsx';
import { type Alarm, alarmsQuery } from './queries.ts';

export function Alarms() {
  const may = useMay()('r', 'admin/statistics');
  const { data, error } = useQuery({ ...alarmsQuery, enabled: may });
  if (!may) return null;
  return (
    <Card title="Alarms">
      <Failure error={error} />
      {!data && !error && <Loading />}
      {data && <Standing alarms={data.items} />}
    </Card>
  );
}

function Standing({ alarms }: { alarms: readonly Alarm[] }) {
  const up = alarms.filter(({ state }) => state === 'alarm');
  if (alarms.length === 0)
    return <Soft>There are none here: a deployment has them, a developer’s machine has not.</Soft>;
  if (up.length === 0) return <Soft>None of {alarms.length} is up.</Soft>;
  return (
    <Note>
      <Facts>
        {up.map(({ name, what, since }) => (
          <Fact key={name} name={<strong>{name}</strong>}>
            {what}, since <Moment at={since} />
          </Fact>
        ))}
      </Facts>
      <Soft>What to do about each is in docs/operate.md, in the line of its name; and first:</Soft>
      <CommandLine>npm run latchkey -- status --stage STAGE</CommandLine>
    </Note>
  );
}
