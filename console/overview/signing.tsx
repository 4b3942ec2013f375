/**
 * How old the signing keys are: one that has not been rotated for long is a rotation that fails.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { ageIn } from '../app/age.ts';
import { useMay } from '../app/me.ts';
import { Loading } from '../app/page.tsx';
import { Card, Fact, Facts, Failure, Missing, Tag } from '../app/parts.tsx';
import { signingKeysQuery } from './queries.ts';

export function SigningKeysCard() {
  const may = useMay()('r', 'admin/signing-keys');
  const { data, error } = useQuery({ ...signingKeysQuery, enabled: may });
  return (
    <Card title="Signing keys">
      {!may && <Missing letter="r" resource="admin/signing-keys" to="see the signing keys" />}
      <Failure error={error} />
      {may && !data && !error && <Loading />}
      {data && (
        <Facts>
          {data.items.map(({ kid, algorithm, part, age }) => (
            <Fact key={kid} name={algorithm}>
              <Tag>{part}</Tag> {age === undefined ? 'does not sign yet' : `${ageIn(age)} old`}
            </Fact>
          ))}
        </Facts>
      )}
      {may && <Link href="/signing-keys">Rotate or withdraw them</Link>}
    </Card>
  );
}
