/**
 * Prints the figures as Markdown tables, and keeps count of the targets that were missed.
 *
 * @module
 */
export type Target = { name: string; measured: number; limit: number };

export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  for (const cells of [head, rule, ...rows]) console.log(`| ${cells.join(' | ')} |`);
}

export const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;

/** @returns Whether all were met. */
export function printTargets(targets: readonly Target[]): boolean {
  for (const { name, measured, limit } of targets)
    console.log(
      `${measured <= limit ? 'met   ' : 'MISSED'} ${name}: ${show(measured)} (at most ${limit})`,
    );
  return targets.every(({ measured, limit }) => measured <= limit);
}

const show = (value: number): string => (Number.isInteger(value) ? `${value}` : value.toFixed(2));
