/**
 * Events, two rows each: who, what, when and from where; and in the whole width what was changed.
 *
 * @module
 */
import { Link } from 'wouter';
import css from '../app/parts.module.css';
import { Moment, Name } from '../app/parts.tsx';
import own from './audit.module.css';
import { Details } from './diff.tsx';
import type { Event } from './types.ts';

const COLUMNS = ['When', 'What', 'To whom', 'By whom', 'From where'];

export const Events = ({ events }: { events: readonly Event[] }) => (
  <div className={css.scroll}>
    <table className={`${css.table} ${own.table}`}>
      <caption>Audit</caption>
      <thead>
        <tr>
          {COLUMNS.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      {events.map((event) => (
        <Rows key={event.id} event={event} />
      ))}
    </table>
  </div>
);

const only = (name: string, value: string) => `/audit?${new URLSearchParams({ [name]: value })}`;

function Rows({ event }: { event: Event }) {
  const { at, type, target, domain, actor } = event;
  return (
    <tbody>
      <tr>
        <th scope="row" className={own.whole}>
          <Moment at={at} />
        </th>
        <td data-label="What" className={own.whole}>
          {type}
        </td>
        <td data-label="To whom">
          <span>
            {target && (
              <Link href={only('target', target)}>
                <Name>{target}</Name>
              </Link>
            )}{' '}
            <Name>{domain}</Name>
          </span>
        </td>
        <td data-label="By whom">
          <span>
            <Actor of={actor} />
          </span>
        </td>
        <td data-label="From where" className={own.whole}>
          {actor.ip && <Link href={only('address', actor.ip)}>{actor.ip}</Link>}
        </td>
      </tr>
      <tr className={own.below}>
        <td colSpan={COLUMNS.length}>
          <Details event={event} />
        </td>
      </tr>
    </tbody>
  );
}

function Actor({ of: { kind, subject, arn, username } }: { of: Event['actor'] }) {
  const id = arn ?? subject;
  if (!id) return kind === 'nobody' ? 'nobody known' : kind;
  return (
    <>
      <Link href={only('actor', id)}>
        <Name>{username ?? id}</Name>
      </Link>
      {kind === 'key' && ' by a key'}
    </>
  );
}
