/**
 * Of Swagger UI's own system what the portal touches. It brings a React of its own: its components are made
 * by that one, and ours in it too.
 *
 * @module
 */
/** Immutable's. */
export type Tree = { get: (name: string) => unknown; toJS: () => unknown };

type Props = Readonly<Record<string, unknown>>;
type Component = unknown;
export type Make = (component: Component, props?: Props | null, ...children: unknown[]) => unknown;
type Actions = Readonly<Record<string, (...values: never[]) => unknown>>;

export type System = {
  React: { createElement: Make; Fragment: Component };
  getComponent: (name: string, isContainer?: boolean) => Component;
  specActions: Actions & {
    changeParam: (
      route: [path: string, method: string],
      name: string,
      place: string,
      value: string,
      isXml: boolean,
    ) => unknown;
  };
  specSelectors: { specResolvedSubtree: (path: string[]) => unknown };
  layoutActions: Actions & { show: (what: string[], isShown: boolean) => unknown };
  preauthorizeApiKey: (scheme: string, value: string) => unknown;
};

export type Wrapped = (
  original: Component,
  system: System,
) => (props: Record<string, never> & Record<string, unknown>) => unknown;

export type Plugin = () => {
  wrapComponents?: Readonly<Record<string, Wrapped>>;
};

export type Show = (options: {
  domNode: HTMLElement;
  spec: object;
  plugins: readonly Plugin[];
  onComplete: () => void;
  [option: string]: unknown;
}) => System;
