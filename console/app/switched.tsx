/**
 * A thing that is switched off and on, deleted, and nothing else.
 *
 * @module
 */
import { useMutation } from '@tanstack/react-query';
import { Confirmed } from './confirm.tsx';
import { Action, Failure, Row } from './parts.tsx';

type Props = {
  what: string;
  disabled: boolean;
  mayChange: boolean;
  mayDelete: boolean;
  change: (disabled: boolean) => Promise<unknown>;
  remove: () => Promise<unknown>;
  /** To be typed before it is deleted. */
  typed?: string;
  onRemoved: () => void;
};

export function Switched(props: Props) {
  const { what, disabled, mayChange, mayDelete, change, remove, typed, onRemoved } = props;
  const switching = useMutation({ mutationFn: () => change(!disabled) });
  return (
    <>
      <Failure error={switching.error} />
      <Row>
        {mayChange && disabled && <Action onPress={() => switching.mutate()}>Enable</Action>}
        {mayChange && !disabled && (
          <Confirmed label="Disable" title={`Disable ${what}?`} act={() => change(true)}>
            <p>It is refused from its next call on, until it is enabled again.</p>
          </Confirmed>
        )}
        {mayDelete && (
          <Confirmed
            label="Delete"
            title={`Delete ${what}?`}
            act={remove}
            onDone={onRemoved}
            {...(typed !== undefined && { typed })}
          >
            <p>It goes for good: whoever uses it is refused from the next call on.</p>
          </Confirmed>
        )}
      </Row>
    </>
  );
}
