/**
 * What there is to fill in of a resource.
 *
 * @module
 */
import type { FieldSpec } from '../app/fields.tsx';

export const RESOURCE_FIELDS: readonly FieldSpec[] = [
  { name: 'title', label: 'Title', kind: 'text', hint: 'Users see it where they agree.' },
  { name: 'title#cs', label: 'Title in Czech', kind: 'text' },
  {
    name: 'patterns',
    label: 'Patterns of its paths',
    kind: 'lines',
    hint: 'One a line: /cdr/files, and all below. The name itself, if empty.',
  },
];

export const NEW_RESOURCE_FIELDS: readonly FieldSpec[] = [
  { name: 'name', label: 'Name', kind: 'text', required: true, hint: 'As in cdr/files.' },
  ...RESOURCE_FIELDS,
];
