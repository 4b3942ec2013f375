/**
 * Who would gain and who would lose by a change that is not saved yet, as the service counts it.
 *
 * @module
 */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { api, dataOf, type Schemas } from '../app/api.ts';
import { useMay } from '../app/me.ts';
import parts from '../app/parts.module.css';
import { Failure, Soft } from '../app/parts.tsx';
import type { Acl } from './queries.ts';

type Effect = Schemas['AdminRolePreview']['effects'][number];
type Change = { acl: Record<string, string[] | null>; parents?: readonly string[] };

const previewQuery = (role: string, change: Change) =>
  queryOptions({
    queryKey: ['roles', role, 'preview', change],
    queryFn: ({ signal }) => {
      const params = { path: { id: role } };
      const body = change as Schemas['AdminRoleChange'];
      return dataOf(api.PATCH('/admin/api/roles/{id}/preview', { params, body, signal }));
    },
    retry: false,
  });

export function Effects({ role, change }: { role: string; change: Change }) {
  const mayChange = useMay()('u', 'admin/roles');
  const { data, error } = useQuery({ ...previewQuery(role, change), enabled: mayChange });
  if (error) return <Failure error={error} />;
  if (!data) return <Soft>Counting who would gain and who would lose…</Soft>;
  if (data.effects.length === 0) return <p>Nobody gains or loses anything by it.</p>;
  return (
    <div className={parts.scroll}>
      <table className={parts.table}>
        <caption>Who gains, who loses, from the next call on</caption>
        <thead>
          <tr>
            <th scope="col">Holders of</th>
            <th scope="col">How many</th>
            <th scope="col">Gain</th>
            <th scope="col">Lose</th>
          </tr>
        </thead>
        <tbody>
          {data.effects.map((effect) => (
            <Line key={effect.role} effect={effect} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const Line = ({ effect: { role, holders, gains, loses } }: { effect: Effect }) => (
  <tr>
    <th scope="row">
      <Link href={`/users?role=${encodeURIComponent(role)}`}>
        <bdi>{role}</bdi>
      </Link>
    </th>
    <td data-label="How many">
      {holders.more && 'more than '}
      {holders.count.toLocaleString()}
    </td>
    <td data-label="Gain">
      <Letters acl={gains} />
    </td>
    <td data-label="Lose">
      <Letters acl={loses} />
    </td>
  </tr>
);

const Letters = ({ acl }: { acl: Acl }) => {
  const lines = Object.entries(acl);
  if (lines.length === 0) return <>–</>;
  return (
    <ul className={parts.plain}>
      {lines.map(([resource, letters]) => (
        <li key={resource}>
          <bdi>{resource}</bdi>: <code>{letters.join('')}</code>
        </li>
      ))}
    </ul>
  );
};
