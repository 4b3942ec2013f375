/**
 * What is typed in a form outlives a sign-in, for which the page is left: in the tab's own storage, until the
 * same page is there again. No password is kept.
 *
 * @module
 */
import { useEffect, useRef } from 'react';
import type { Draft } from './draft.ts';
import type { FieldSpec } from './fields.tsx';

const KEPT = 'latchkey-typed';
type Typed = { at: string; forms: Readonly<Record<string, object>> };

/** What is in each form on the page, by its name there. */
const forms = new Map<string, () => object>();
let back: Typed | undefined;

const address = (): string => location.pathname + location.search;

/** To be called when the page is left to sign in. */
export function keepTyped(): void {
  if (forms.size === 0) return;
  const typed = [...forms].map(([name, read]) => [name, read()] as const);
  const kept: Typed = { at: address(), forms: Object.fromEntries(typed) };
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(kept));
  } catch {
    // More than a tab may keep: the sign-in matters more.
    sessionStorage.removeItem(KEPT);
  }
}

/** @returns What was typed there before, to be put over what the form begins with. */
export function typedBefore<T extends object = Draft>(name: string): T {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (text !== null) back = JSON.parse(text) as Typed;
  return ((back?.at === address() && back.forms[name]) || {}) as T;
}

/** @param draft - What differs from what the form began with. */
export function useTyped(name: string, draft: Draft, specs: readonly FieldSpec[]): void {
  const isKept = (field: string) =>
    specs.some(({ name: known, kind }) => known === field && kind !== 'password');
  useKept(name, Object.fromEntries(Object.entries(draft).filter(([field]) => isKept(field))));
}

/** @param typed - Likewise, as JSON can have it; no secret is in it. */
export function useKept(name: string, typed: object): void {
  const latest = useRef<object>({});
  useEffect(() => {
    latest.current = typed;
  });
  useEffect(() => {
    forms.set(name, () => latest.current);
    return () => {
      forms.delete(name);
      back = undefined;
    };
  }, [name]);
}
