/**
 * Swagger UI on a page of the console: loaded when somebody comes here, since it weighs more than all the
 * rest.
 *
 * @module
 */
import { useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import swagger from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import type { May } from '../app/me.ts';
import parts from '../app/parts.module.css';
import { Action, Row } from '../app/parts.tsx';
import { type ApiDocument, type Landing, methodsOf, refusalOf } from './document.ts';
import { type Asked, portalPlugin } from './plugin.ts';
import { send, TOKEN } from './send.ts';
import type { Show } from './swagger-types.ts';
import './swagger.css';

const SwaggerUI = swagger as Show;

type Props = { document: ApiDocument; may: May; landing: Landing | undefined };
type Question = Asked & { answer: (isSure: boolean) => void };

export function Swagger({ document: shown, may, landing }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [question, setQuestion] = useState<Question>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is made once; another document is another one
  useEffect(() => {
    const node = place.current?.appendChild(document.createElement('div'));
    if (!node) return;
    const isSure = (route: Asked) =>
      new Promise<boolean>((answer) => setQuestion({ ...route, answer }));
    show(node, { shown, may, landing, isSure });
    return () => node.remove();
  }, []);
  const decide = (isSure: boolean) => {
    question?.answer(isSure);
    setQuestion(undefined);
  };
  return (
    <>
      <div ref={place} />
      <ModalOverlay
        className={parts.veil ?? ''}
        isOpen={question !== undefined}
        isDismissable
        onOpenChange={(isOpen) => isOpen || decide(false)}
      >
        <Modal className={parts.dialog ?? ''}>
          <Dialog role="alertdialog">
            <Heading slot="title">Call it for real?</Heading>
            <p>
              <code>
                {question?.method.toUpperCase()} {question?.path}
              </code>{' '}
              changes this deployment, as if you had done it on the pages of the console.
            </p>
            <Row>
              <Action look="danger" onPress={() => decide(true)}>
                Call it
              </Action>
              <Action onPress={() => decide(false)} autoFocus>
                Cancel
              </Action>
            </Row>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

type Parts = {
  shown: ApiDocument;
  may: May;
  landing: Landing | undefined;
  isSure: (route: Asked) => Promise<boolean>;
};

function show(domNode: HTMLElement, { shown, may, landing, isSure }: Parts): void {
  const all = methodsOf(shown);
  const told = {
    callersOf: ({ path, method }: Asked) =>
      all.find((one) => one.path === path && one.method === method)?.['x-latchkey'] ?? {
        by: 'token' as const,
      },
    refusalOf: (callers: Parameters<typeof refusalOf>[0]) => refusalOf(callers, may),
    isSure,
  };
  const system = SwaggerUI({
    domNode,
    spec: shown,
    layout: 'BaseLayout',
    plugins: [portalPlugin(told)],
    docExpansion: 'list',
    defaultModelRendering: 'model',
    defaultModelExpandDepth: 0,
    defaultModelsExpandDepth: -1,
    tryItOutEnabled: true,
    displayRequestDuration: true,
    syntaxHighlight: { activated: false },
    validatorUrl: null,
    requestInterceptor: (request: object) => ({ ...request, userFetch: send }),
    onComplete: () => {
      system.preauthorizeApiKey('bearer', TOKEN);
      if (landing) land(domNode, system, landing);
    },
  });
}

/** Fills in what the browser asked for, and calls it: a GET, of which one that may write asks before. */
function land(
  domNode: HTMLElement,
  { specActions, layoutActions }: ReturnType<Show>,
  { method, path, group, operationId, values }: Landing,
): void {
  layoutActions.show(['operations', group, operationId], true);
  for (const { name, in: where, value } of values)
    specActions.changeParam([path, method], name, where, value, false);
  const look = () => {
    const block = domNode.querySelector(`#operations-${group}-${operationId}`);
    const button = block?.querySelector<HTMLButtonElement>('button.execute');
    if (!button) return domNode.isConnected && requestAnimationFrame(look);
    button.click();
    return block?.scrollIntoView();
  };
  look();
}
