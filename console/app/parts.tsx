/**
 * The pieces of every page: buttons, cards, what went wrong, what may not be done.
 *
 * @module
 */
import { type ReactNode, useState } from 'react';
import { Button, type ButtonProps } from 'react-aria-components/Button';
import { Link } from 'wouter';
import css from './parts.module.css';
import { Refused, sentenceFor } from './refused.ts';
import { signIn } from './session.ts';

type Look = 'plain' | 'primary' | 'danger';
const classOf = (look: Look): string =>
  [css.button, look !== 'plain' && css[look]].filter(Boolean).join(' ');

export const Action = ({ look = 'plain', ...props }: ButtonProps & { look?: Look }) => (
  <Button {...props} className={classOf(look)} />
);

export const ActionLink = ({
  href,
  children,
  look = 'plain',
}: {
  href: string;
  children: ReactNode;
  look?: Look;
}) => (
  <Link href={href} className={classOf(look)}>
    {children}
  </Link>
);

export const Stack = ({ children }: { children: ReactNode }) => (
  <div className={css.stack}>{children}</div>
);
export const Row = ({ children }: { children: ReactNode }) => (
  <div className={css.row}>{children}</div>
);

export const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={css.card} aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);

/** A word of somebody else's: kept apart, so that text from right to left does not reorder ours. */
export const Name = ({ children }: { children: string }) => <bdi>{children}</bdi>;

/** Names as links where there is an address for each. */
export const Names = ({
  names,
  href,
}: {
  names: readonly string[];
  href?: (name: string) => string;
}) => (
  <span className={css.row}>
    {names.map((name) =>
      href ? (
        <Link key={name} href={href(name)} className={css.tag ?? ''}>
          <Name>{name}</Name>
        </Link>
      ) : (
        <span key={name} className={css.tag}>
          <Name>{name}</Name>
        </span>
      ),
    )}
  </span>
);

export const Tag = ({ off = false, children }: { off?: boolean; children: ReactNode }) => (
  <span className={off ? `${css.tag} ${css.off}` : css.tag}>{children}</span>
);

export const State = ({ disabled }: { disabled: boolean }) => (
  <Tag off={disabled}>{disabled ? 'disabled' : 'enabled'}</Tag>
);

export const Facts = ({ children }: { children: ReactNode }) => (
  <dl className={css.facts}>{children}</dl>
);
export const Fact = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

/** Epoch seconds, in the words of the reader's own place. */
export const Moment = ({ at }: { at: number | null | undefined }) =>
  at === undefined || at === null ? (
    <span className={css.soft}>never</span>
  ) : (
    <time dateTime={new Date(at * 1000).toISOString()}>
      {new Date(at * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
    </time>
  );

/** So that there is time to do it afterwards. */
const timeLeft = (maxAge: number): number => Math.floor(maxAge / 2);

export function Failure({ error }: { error: unknown }) {
  if (!error) return null;
  const refused = error instanceof Refused ? error : undefined;
  const maxAge = refused?.maxAge;
  const requestId = refused && refused.status >= 500 ? refused.requestId : undefined;
  return (
    <div role="alert" className={css.problem}>
      <p>{sentenceFor(error)}</p>
      {maxAge !== undefined && (
        <Row>
          <Action look="primary" onPress={() => void signIn({ maxAge: timeLeft(maxAge) })}>
            Sign in again
          </Action>
        </Row>
      )}
      {requestId && (
        <p>
          Request <code>{requestId}</code> <Copy text={requestId} what="the id of the request" />
        </p>
      )}
    </div>
  );
}

export function Copy({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <Action onPress={copy} aria-label={`Copy ${what}`}>
      {copied ? 'Copied' : 'Copy'}
    </Action>
  );
}

/** What is not offered, and why not. */
export const Missing = ({
  letter,
  resource,
  to,
}: {
  letter: string;
  resource: string;
  to: string;
}) => (
  <p className={`${css.soft} ${css.small}`}>
    To {to} you need the letter <code>{letter}</code> on <code>{resource}</code>.
  </p>
);

export const Note = ({ children }: { children: ReactNode }) => (
  <div className={css.note}>{children}</div>
);
export const Soft = ({ children }: { children: ReactNode }) => (
  <p className={css.soft}>{children}</p>
);
export const Done = ({ children }: { children: ReactNode }) => (
  <p role="status" className={css.done}>
    {children}
  </p>
);

/** The same by the command line. */
export const CommandLine = ({ children }: { children: string }) => <pre>{children}</pre>;
