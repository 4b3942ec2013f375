/**
 * The palette: every place by the first letters of its name, without a mouse.
 *
 * @module
 */
import { type KeyboardEvent, useId, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useLocation } from 'wouter';
import parts from './parts.module.css';
import type { Place } from './places.ts';
import css from './shell.module.css';

/** @param onClose - The focus returns to where it was. */
export function Commands({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  return (
    <ModalOverlay
      className={parts.veil ?? ''}
      isOpen
      isDismissable
      onOpenChange={(isOpen) => isOpen || onClose()}
    >
      <Modal className={parts.dialog ?? ''}>
        <Dialog aria-label="Go to">
          <Finder places={places} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Finder({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const id = useId();
  const [, go] = useLocation();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const found = places.filter(({ label }) =>
    label.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const choose = (place: Place | undefined) => {
    if (!place) return;
    onClose();
    go(place.href, { state: { byLink: true } });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setIndex((index + step + found.length) % Math.max(found.length, 1));
    }
    if (event.key === 'Enter') choose(found[index]);
  };
  return (
    <>
      <input
        className={parts.input}
        role="combobox"
        aria-label="Go to"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[index] && `${id}-${index}`}
        // biome-ignore lint/a11y/noAutofocus: a dialog that somebody opened to type into it
        autoFocus
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label="Places" className={css.commands}>
        {found.map((place, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above
          <div
            key={place.href}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === index}
            tabIndex={-1}
            onClick={() => choose(place)}
          >
            {place.label}
          </div>
        ))}
      </div>
    </>
  );
}
