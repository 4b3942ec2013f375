/**
 * An event as text: when, what, to whom and by whom, and below it what was before (`-`) and after (`+`).
 *
 * @module
 */
import { localTime, nameOf } from '../api/table.ts';

type Members = Readonly<Record<string, unknown>>;

/** @returns With characters as others named them: whoever prints it has to see to that. */
export function differences(event: Members): string[] {
  const { at, type, target, domain, actor, before, after, renewed, cut, detail } = event;
  const where = domain ? ` in ${domain}` : '';
  const head = `${localTime(Number(at))}  ${type}  ${target}${where}  by ${nameOf(actor as Members)}`;
  const [old, current] = [(before ?? {}) as Members, (after ?? {}) as Members];
  const names = [...new Set([...Object.keys(old), ...Object.keys(current)])];
  const changed = names.filter((name) => text(old[name]) !== text(current[name]));
  return [
    head,
    ...Object.entries((detail ?? {}) as Members).map(
      ([name, value]) => `    ${name}: ${text(value)}`,
    ),
    ...changed.flatMap((name) => [
      ...(name in old ? [`  - ${name}: ${text(old[name])}`] : []),
      ...(name in current ? [`  + ${name}: ${text(current[name])}`] : []),
    ]),
    ...((renewed as string[] | undefined) ?? []).map((name) => `  ~ ${name} was replaced`),
    ...((cut as string[] | undefined) ?? []).map((name) => `  ! ${name} was too large to keep`),
  ];
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : JSON.stringify(value);
