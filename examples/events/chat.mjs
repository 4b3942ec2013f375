/**
 * Posts an event of Latchkey's bus to a chat, as one line. An event may come twice: whoever reads the chat
 * sees by its number that it is the same.
 */
const LIMIT_MS = 5000;

export async function post({ 'detail-type': type, source, detail }) {
  const answer = await fetch(process.env.WEBHOOK, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: lineOf(type, source, detail) }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  // Lambda tries again then, and in the end the queue keeps it.
  if (!answer.ok) throw new Error(`the chat answered ${answer.status}`);
}

/** Names are what somebody chose for themselves: nothing in them formats, mentions or breaks the line. */
const plain = (text) =>
  String(text)
    .replaceAll('@', ' at ')
    .replace(/[^\p{L}\p{N} ./_+-]/gu, '·')
    .slice(0, 120);

export const lineOf = (type, source, { subject, seq, actor }) =>
  `${plain(source)}: ${plain(type)}: ${plain(subject)} (${plain(seq)}) by ${plain(
    actor.username ?? actor.arn ?? actor.subject ?? actor.kind,
  )}`;
