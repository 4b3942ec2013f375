/**
 * Signs users in for an application that names itself by a key. The key grants nothing. Once an
 * administrator makes it mandatory, a sign-in without it is refused like one with a wrong one; while
 * there is none, every key is wrong.
 *
 * @module
 */
import { equalInConstantTime, sha256 } from '../crypto.ts';
import {
  type FlagSetting,
  type FormerSetting,
  type KeySetting,
  readSettings,
  type Settings,
} from '../store/directory/settings.ts';
import type { Instant } from '../time.ts';
import { isOneOf } from '../verdict/secret.ts';
import {
  type Door,
  type Login,
  type SignedInBy,
  type SignInServices,
  signInByPassword,
} from './by-password.ts';

/** In which settings the key is, the one that it replaced, and whether it is mandatory. */
export type ApplicationSettings = {
  key: KeySetting;
  former: FormerSetting;
  mandatory: FlagSetting;
};
/** `key`: as presented. */
export type Application = { key: string | undefined; settings: ApplicationSettings };

/** The application is checked before the user: without its key nobody tries passwords here. */
export async function signInFromApplication(
  services: SignInServices,
  application: Application,
  login: Login,
  door: Door,
): Promise<SignedInBy | { status: 'wrong_application' }> {
  const settings = await readSettings(services.directory);
  if (!accepts(settings, application, services.now())) return { status: 'wrong_application' };
  return signInByPassword(services, login, door);
}

function accepts(
  settings: Settings,
  { key: presented, settings: names }: Application,
  now: Instant,
): boolean {
  const key = settings[names.key];
  if (presented === undefined) return !settings[names.mandatory];
  // Digests, so that the time tells neither the key nor its length.
  const equal = equalInConstantTime(sha256(presented), sha256(key ?? ''));
  const former = settings[names.former];
  const isFormer = isOneOf(former ? [former] : [], presented, now);
  return (key !== undefined && equal) || isFormer;
}
