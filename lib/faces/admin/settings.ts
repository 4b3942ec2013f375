/**
 * Settings as the admin API shows and takes them: one object. Keys among them are not shown.
 *
 * @module
 */
import type * as v from 'valibot';
import { KEY_LIFETIME } from '../../manage/keys/lifetime.ts';
import { changeSettings, findSettings } from '../../manage/settings/lifecycle.ts';
import type { Settings } from '../../store/directory/settings.ts';
import type * as answers from './answers.ts';
import { type Handler, readChange, shown } from './call.ts';
import { etagOf } from './etag.ts';
import { SettingsChange } from './schemas.ts';
import { changing } from './terms.ts';

const view = ({
  userCreateScope,
  faveoApiKeyMandatory,
  keyLifetime = KEY_LIFETIME,
  maxKeyLifetime,
}: Settings): v.InferOutput<typeof answers.Settings> => ({
  ...(userCreateScope && { userCreateScope }),
  faveoApiKeyMandatory,
  keyLifetime,
  ...(maxKeyLifetime !== undefined && { maxKeyLifetime }),
});
const tagOf = (settings: Settings): string => etagOf(settings.version);

const show: Handler = async ({ tables, administrator }) => {
  const settings = await findSettings(tables.directory, administrator);
  return shown(view(settings), tagOf(settings));
};

const change: Handler = async (call) => {
  const { tables, administrator } = call;
  const terms = changing(call, tagOf);
  const wanted = { change: readChange(SettingsChange, call) };
  const settings = await changeSettings(tables.directory, administrator, { ...wanted, ...terms });
  return shown(view(settings), tagOf(settings));
};

export const settings = { show, change };
