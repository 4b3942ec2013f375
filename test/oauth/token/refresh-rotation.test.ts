/** Refresh tokens as a state machine (RFC 9700 §4.14.2), and as text. No store: see refresh-token.test.ts. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstRefresh,
  GRACE,
  refreshStateOf,
  rotated,
} from '../../../lib/oauth/token/refresh-rotation.ts';
import { formatRefreshToken, parseRefreshToken } from '../../../lib/oauth/token/refresh-text.ts';
import { instant } from '../../../lib/time.ts';

const step = fc.record({
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * GRACE })),
  /** Which of the secrets handed out so far is presented: 0 the oldest, 1 the newest. */
  which: fc.double({ min: 0, max: 1, noNaN: true }),
});

/** As the endpoint does it: an exchange of the current one, nothing for all others. */
function play(steps: readonly { wait: number; which: number }[]) {
  let { refresh, presented } = firstRefresh();
  const { family } = presented;
  const secrets = [presented.secret];
  const exchangedAt: number[] = [];
  let now = 1_800_000_000;
  for (const { wait, which } of steps) {
    now += wait;
    const secret = secrets[Math.round(which * (secrets.length - 1))] ?? '';
    if (refreshStateOf(refresh, { family, secret }, instant(now)).status !== 'current') continue;
    const next = rotated(refresh, secret, instant(now));
    refresh = next.refresh;
    exchangedAt.push(now);
    secrets.push(next.successor);
  }
  const standings = secrets.map((secret) =>
    refreshStateOf(refresh, { family, secret }, instant(now)),
  );
  return { refresh, family, secrets, exchangedAt, now, standings };
}

describe('however refresh tokens are used', () => {
  test('one of them works, and none but those exchanged within the grace time are answered', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const { standings, exchangedAt, now } = play(steps);
        expect(standings.at(-1)).toEqual({ status: 'current' });
        for (const [index, standing] of standings.slice(0, -1).entries()) {
          const old = now - (exchangedAt[index] ?? 0) > GRACE;
          expect(standing.status).toBe(old ? 'reused' : 'repeated');
        }
      }),
    ));

  test('each repetition leads to the successor that was given before, and to no other', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const { standings, secrets } = play(steps);
        for (const [index, standing] of standings.entries())
          if (standing.status === 'repeated') expect(standing.successor).toBe(secrets[index + 1]);
      }),
    ));

  test('what is kept does not grow without end, and holds no secret', () => {
    const { refresh, secrets, family } = play(
      Array.from({ length: 40 }, () => ({ wait: 0, which: 1 })),
    );
    expect(refresh.rotations).toHaveLength(16);
    for (const secret of [family, ...secrets])
      expect(JSON.stringify(refresh)).not.toContain(secret);
  });

  test('an exchange forgets those that cannot be repeated any more, and no other', () => {
    const kept = (...waits: number[]) => {
      const { refresh, now } = play(waits.map((wait) => ({ wait, which: 1 })));
      return refresh.rotations.map(({ at }) => now - at);
    };
    expect(kept(0, GRACE)).toEqual([0, GRACE]);
    expect(kept(0, GRACE, 1)).toEqual([0, 1]);
    expect(kept(0, GRACE + 1)).toEqual([0]);
  });

  test('a secret without the family, or of another, says nothing', () => {
    const [one, other] = [firstRefresh(), firstRefresh()];
    const { secret } = one.presented;
    for (const family of [other.presented.family, '', secret])
      expect(refreshStateOf(one.refresh, { family, secret }, instant(0))).toEqual({
        status: 'foreign',
      });
  });
});

describe('as text', () => {
  const uuid = fc.uuid();
  const token = fc.record({
    name: fc.record({
      subject: fc.stringMatching(/^[0-9a-f]{24}$/),
      key: fc.oneof(
        uuid,
        fc.tuple(uuid, uuid).map((both) => both.join('~')),
      ),
    }),
    domain: fc.oneof(fc.domain(), fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' })),
    family: fc.stringMatching(/^[0-9A-Za-z]{43}$/),
    secret: fc.stringMatching(/^[0-9A-Za-z]{43}$/),
  });

  test('it comes back as it was, in printable characters (RFC 6749 §A.17)', () =>
    fc.assert(
      fc.property(token, (parts) => {
        const text = formatRefreshToken(parts);
        expect(text).toMatch(/^[\x21-\x7e]+$/);
        expect(parseRefreshToken(text)).toEqual(parts);
      }),
    ));

  test.each(['', 'lkr_', 'lkr_undefined.undefined..undefined.undefined'])('%j is none', (text) =>
    expect(parseRefreshToken(text)).toBeUndefined(),
  );

  test('nothing else is one, however alike', () =>
    fc.assert(
      fc.property(token, fc.nat(), fc.constantFrom('', ' ', '.', '!', '\n'), (parts, at, put) => {
        const text = formatRefreshToken(parts);
        const place = at % text.length;
        const changed = text.slice(0, place) + put + text.slice(place + 1);
        fc.pre(changed !== text);
        const parsed = parseRefreshToken(changed);
        expect(parsed).not.toEqual(parts);
        if (parsed) expect(formatRefreshToken(parsed)).toBe(changed);
      }),
    ));
});
