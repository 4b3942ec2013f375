/**
 * Many resources at once, by an API's own OpenAPI description: read here, in the browser, shown as what would
 * become of each, and registered all or none. What it does not name stays.
 *
 * @module
 */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, type FormEvent, useId, useState } from 'react';
import type { Draft } from '../app/draft.ts';
import { DraftFields } from '../app/draft-fields.tsx';
import type { FieldSpec } from '../app/fields.tsx';
import { useMe } from '../app/me.ts';
import css from '../app/parts.module.css';
import { Action, Card, Done, Failure, Row, Soft, Stack } from '../app/parts.tsx';
import { typedBefore, useTyped } from '../app/typed.ts';
import { Planned } from './planned.tsx';
import { type Plan, planOf, registerAll, wrongIn } from './planning.ts';

const FORM = 'import';
const SPECS: readonly FieldSpec[] = [
  {
    name: 'text',
    label: 'Description',
    kind: 'lines',
    hint: 'OpenAPI 3 or Swagger 2, as JSON or YAML.',
  },
  {
    name: 'base',
    label: 'Path before all of them',
    kind: 'text',
    hint: 'Such as /v1; that of its first server, if empty.',
  },
];
const EMPTY: Draft = { text: '', base: '' };

export function ImportCard() {
  const isRoot = useMe()?.root ?? false;
  return (
    <Card title="Many, from an OpenAPI description">
      {isRoot ? <ImportForm /> : <Soft>Only root registers many at once.</Soft>}
    </Card>
  );
}

function ImportForm() {
  const cache = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY, ...typedBefore(FORM) }));
  useTyped(FORM, draft, SPECS);
  const [text, base] = [String(draft['text']), String(draft['base']).trim()];
  const planning = useMutation({ mutationFn: () => planOf(text, base) });
  const registering = useMutation({
    mutationFn: registerAll,
    onSuccess: () => {
      planning.reset();
      void cache.invalidateQueries({ queryKey: ['resources'] });
    },
  });
  const change = (changed: Draft) => {
    setDraft(changed);
    planning.reset();
    registering.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    registering.reset();
    planning.mutate();
  };
  const wrong = wrongIn(planning.error ?? registering.error);
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <DescriptionFile onRead={(read) => change({ ...draft, text: read })} />
        <DraftFields specs={SPECS} draft={draft} errors={wrong.fields} onChange={change} />
        <Failure error={wrong.rest} />
        {planning.data && <Planned plan={planning.data} />}
        {registering.isSuccess && <Done>Registered.</Done>}
        <Row>
          <Action type="submit" isDisabled={planning.isPending}>
            What would it do?
          </Action>
          {planning.data && <Register plan={planning.data} registering={registering} />}
        </Row>
      </Stack>
    </form>
  );
}

type RegisterProps = {
  plan: Plan;
  registering: { isPending: boolean; mutate: (plan: Plan) => void };
};

function Register({ plan, registering }: RegisterProps) {
  const count = plan.lines.filter(({ now }) => now !== 'unchanged').length;
  if (count === 0 && Object.keys(plan.wanted.titles).length === 0) return null;
  return (
    <Action
      look="primary"
      isDisabled={registering.isPending}
      onPress={() => registering.mutate(plan)}
    >
      {count === 0 ? 'Save the titles' : `Register ${count}`}
    </Action>
  );
}

/** A file is read into the field, so that it can be looked at and changed there. */
function DescriptionFile({ onRead }: { onRead: (text: string) => void }) {
  const id = useId();
  const read = ({ target }: ChangeEvent<HTMLInputElement>) => {
    void target.files?.[0]?.text().then(onRead);
  };
  return (
    <div className={css.field}>
      <label htmlFor={id}>File</label>
      <input
        id={id}
        type="file"
        accept=".json,.yaml,.yml,application/json,application/yaml"
        className={css.input}
        onChange={read}
      />
    </div>
  );
}
