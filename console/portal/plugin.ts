/**
 * What of Swagger UI is another one here: texts are text and never markup, so that its pages need no policy
 * for trusted types; a method says whom it is for; what changes something asks before; and curl has the
 * token's name in place of the token.
 *
 * @module
 */
import { curlOf, type Shown } from './curl.ts';
import { type Callers, NOT_FROM_HERE } from './document.ts';
import type { Make, Plugin, System, Tree, Wrapped } from './swagger-types.ts';

export type Asked = { method: string; path: string };
export type Told = {
  callersOf: (route: Asked) => Callers;
  /** Why the caller will be refused. */
  refusalOf: (callers: Callers) => string | undefined;
  isSure: (route: Asked) => Promise<boolean>;
};

/** What neither reads nor writes anything of ours. */
const SAFE = ['get', 'head', 'options'];

/** Code in backticks is code; all else stands as it is. */
const wordsOf = (make: Make, text: string): unknown[] =>
  text.split(/`([^`]+)`/).map((part, at) => (at % 2 ? make('code', { key: at }, part) : part));

/** A field that says what it is for to those, too, who do not see what stands beside it. */
const named =
  (nameOf: (props: Readonly<Record<string, unknown>>) => unknown): Wrapped =>
  (Original, { React: { createElement: make } }) =>
  (props) =>
    make(Original, { 'aria-label': nameOf(props), ...props });

const nothing = () => null;
const without = () => nothing;

export const portalPlugin =
  ({ callersOf, refusalOf, isSure }: Told): Plugin =>
  () => ({
    wrapComponents: {
      BaseLayout:
        (_, { React: { createElement: make }, getComponent }) =>
        () =>
          make(
            'div',
            { className: 'swagger-ui' },
            make(getComponent('errors', true)),
            make(getComponent('operations', true)),
          ),
      // The group has its heading on the page already.
      OperationTag:
        (_, { React: { createElement: make } }) =>
        ({ children }) =>
          make('div', { className: 'methods' }, children),
      Markdown:
        (_, { React: { createElement: make } }) =>
        ({ source }) =>
          source ? make('p', { className: 'text' }, ...wordsOf(make, String(source))) : null,
      OperationSummaryPath:
        (Original, { React: { createElement: make, Fragment } }) =>
        (props) => {
          const route = (props['operationProps'] as Tree | undefined)?.toJS() as Asked;
          const refusal = refusalOf(callersOf(route));
          const mark = refusal && make('span', { className: 'refused' }, refusal);
          return make(Fragment, null, make(Original, props), mark);
        },
      execute:
        (Original, { React: { createElement: make } }) =>
        (props) => {
          const { path, method, specActions, specSelectors, onExecute } =
            props as unknown as Execution;
          // It goes by what it was drawn with: before the method is known whole, it would call one of no name.
          if (!specSelectors.specResolvedSubtree(['paths', path, method])) return null;
          const reason = NOT_FROM_HERE[callersOf({ path, method }).by];
          if (reason) return make('p', { className: 'text' }, reason);
          const isUnderWay = Boolean(props['disabled']);
          const execute = async (call: unknown) => {
            if (isUnderWay) return;
            const isSafe = SAFE.includes(method) && !callersOf({ path, method }).writes;
            if (!isSafe && !(await isSure({ path, method }))) return;
            onExecute();
            specActions['execute']?.(call);
          };
          // It tells that it has begun before it begins; and it may not begin.
          const guarded = {
            ...props,
            onExecute: nothing,
            // A button that cannot be pressed loses the focus, and whoever is there by keyboard their place.
            disabled: false,
            specActions: { ...specActions, execute },
          };
          return make(Original, guarded);
        },
      curl:
        (_, { React: { createElement: make } }) =>
        ({ request }) => {
          const line = curlOf((request as unknown as Tree).toJS() as Shown);
          return make(
            'div',
            { className: 'curl' },
            make('h4', null, 'curl'),
            make('pre', null, line),
          );
        },
      responses:
        (Original, { React: { createElement: make } }) =>
        (props) => {
          const { path, method } = props as unknown as Asked;
          const label = `Answers of ${method.toUpperCase()} ${path}`;
          // It is a region, and they are told apart by their names.
          const ref = (node: Element | null) =>
            node?.querySelector('[role=region]')?.setAttribute('aria-label', label);
          return make('div', { ref }, make(Original, props));
        },
      JSONSchema202012Accordion:
        (Original, { React: { createElement: make } }) =>
        (props) => {
          // Of a schema without a name.
          const ref = (node: Element | null) => {
            const button = node?.querySelector('button');
            if (button?.textContent === '') button.setAttribute('aria-label', 'Schema');
          };
          return make('span', { ref }, make(Original, props));
        },
      JsonSchemaForm:
        (Original, { React: { createElement: make } }) =>
        (props) => {
          const name = String(props['description'] || 'Value');
          const ref = (node: Element | null) =>
            node?.querySelector('select:not([aria-label])')?.setAttribute('aria-label', name);
          return make('div', { ref }, make(Original, props));
        },
      Input: named((props) => props['placeholder'] || 'Value'),
      TextArea: named(() => 'Body'),
      authorizeOperationBtn: without,
      CopyToClipboardBtn: without,
      TryItOutButton: without,
    },
  });

type Execution = Asked & {
  specSelectors: System['specSelectors'];
  specActions: Readonly<Record<string, (call: unknown) => unknown>>;
  onExecute: () => void;
};
