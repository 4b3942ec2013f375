/**
 * The key by which an application may name itself when it signs users in. It grants nothing. Once an
 * administrator makes it mandatory, a sign-in without it is refused like one with a wrong one; while
 * there is none, every key is wrong.
 *
 * @module
 */
import { equalInConstantTime, sha256 } from '../../crypto.ts';
import type { Settings } from '../../store/directory/settings.ts';

export function acceptsApplication(
  { faveoApiKey, faveoApiKeyMandatory }: Settings,
  presented: string | undefined,
): boolean {
  if (presented === undefined) return !faveoApiKeyMandatory;
  // Digests, so that the time tells neither the key nor its length.
  const equal = equalInConstantTime(sha256(presented), sha256(faveoApiKey ?? ''));
  return faveoApiKey !== undefined && equal;
}
