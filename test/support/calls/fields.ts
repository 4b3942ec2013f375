/** Values with one field missing or of another kind, for all of their fields in turn. */
export const MISSING = Symbol('missing');

/** The ways to every field of the event, however deep. */
export const fieldsOf = (value: unknown): string[][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, child]) => [
        [name],
        ...fieldsOf(child).map((rest) => [name, ...rest]),
      ])
    : [];
export function changed(
  event: object,
  [name = '', ...rest]: readonly string[],
  to: unknown,
): object {
  const fields: Record<string, unknown> = { ...event };
  if (rest.length > 0) fields[name] = changed(fields[name] as object, rest, to);
  else if (to === MISSING) delete fields[name];
  else fields[name] = to;
  return fields;
}
