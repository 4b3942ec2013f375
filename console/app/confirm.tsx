/**
 * A button for what cannot be undone: it asks before, says what it ends, and where that is much wants the
 * name typed.
 *
 * @module
 */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import css from './parts.module.css';
import { Action, Failure, Row } from './parts.tsx';

type Props = {
  label: string;
  title: string;
  /** What it ends, and for whom. */
  children: ReactNode;
  /** To be typed. */
  typed?: string;
  act: () => Promise<unknown>;
  onDone?: () => void;
};

export function Confirmed({ label, ...asked }: Props) {
  return (
    <DialogTrigger>
      <Action look="danger">{label}</Action>
      <ModalOverlay className={css.veil ?? ''} isDismissable>
        <Modal className={css.dialog ?? ''}>
          <Dialog role="alertdialog">
            {({ close }) => <Question {...asked} label={label} close={close} />}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function Question({
  label,
  title,
  children,
  typed,
  act,
  onDone,
  close,
}: Props & { close: () => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const acting = useMutation({
    mutationFn: act,
    onSuccess: () => {
      close();
      onDone?.();
    },
  });
  const isSure = typed === undefined || text === typed;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSure) acting.mutate();
  };
  return (
    <form onSubmit={submit} className={css.stack}>
      <Heading slot="title">{title}</Heading>
      <div>{children}</div>
      {typed !== undefined && (
        <div className={css.field}>
          <label htmlFor={id}>
            Type <strong>{typed}</strong> to go on
          </label>
          <input
            id={id}
            className={css.input}
            value={text}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
      )}
      <Failure error={acting.error} />
      <Row>
        <Action type="submit" look="danger" isDisabled={!isSure || acting.isPending}>
          {acting.isPending ? 'Just a moment…' : label}
        </Action>
        <Action onPress={close} autoFocus>
          Cancel
        </Action>
      </Row>
    </form>
  );
}
