/**
 * What would become of each resource that a description names.
 *
 * @module
 */
import css from '../app/parts.module.css';
import { Name, Names, Note, Tag } from '../app/parts.tsx';
import type { Plan, PlannedLine } from './planning.ts';

export const Planned = ({ plan: { lines } }: { plan: Plan }) => (
  <Note>
    <h3>Before you register them</h3>
    <div className={css.scroll}>
      <table className={css.table}>
        <caption>What would become of each; what is not named here stays</caption>
        <thead>
          <tr>
            <th scope="col">Resource</th>
            <th scope="col">Would be</th>
            <th scope="col">Patterns</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.name} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  </Note>
);

const Line = ({ line: { name, now, patterns, before } }: { line: PlannedLine }) => (
  <tr>
    <th scope="row">
      <Name>{name}</Name>
    </th>
    <td data-label="Would be">
      <Tag off={now === 'unchanged'}>{now}</Tag>
    </td>
    <td data-label="Patterns">
      <div>
        {before && (
          <del>
            <Names names={before} />
          </del>
        )}
        <Names names={patterns} />
      </div>
    </td>
  </tr>
);
