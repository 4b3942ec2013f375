/**
 * The end of a form that changes a thing: what came of it, and its buttons.
 *
 * @module
 */
import type { Editing } from './editing.ts';
import { Action, Done, Failure, Row } from './parts.tsx';

type Props = Pick<Editing<never, never>, 'isDirty' | 'undo'> & {
  saving: { error: unknown; isSuccess: boolean; isPending: boolean };
  /** Whether both versions are shown in place of the refusal. */
  isContested: boolean;
};

export const SaveRow = ({ isDirty, undo, saving, isContested }: Props) => (
  <>
    {!isContested && <Failure error={saving.error} />}
    {saving.isSuccess && !isDirty && <Done>Saved.</Done>}
    <Row>
      <Action type="submit" look="primary" isDisabled={!isDirty || saving.isPending}>
        {saving.isPending ? 'Saving…' : 'Save'}
      </Action>
      {isDirty && <Action onPress={undo}>Undo</Action>}
    </Row>
  </>
);
