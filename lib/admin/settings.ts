/**
 * Settings as the admin API shows and takes them: one object. Keys among them are not shown.
 *
 * @module
 */
import type * as v from 'valibot';
import { changeSettings, findSettings } from '../access/administer-settings.ts';
import type { Settings } from '../store/settings.ts';
import type * as answers from './answers.ts';
import { type Handler, readChange, shown } from './call.ts';
import { etagOf, requiredMatch } from './etag.ts';
import { SettingsChange } from './schemas.ts';

const view = ({
  userCreateScope,
  faveoApiKeyMandatory,
}: Settings): v.InferOutput<typeof answers.Settings> => ({
  ...(userCreateScope && { userCreateScope }),
  faveoApiKeyMandatory,
});
const tagOf = (settings: Settings): string => etagOf(settings.version);

const show: Handler = async ({ tables, administrator }) => {
  const settings = await findSettings(tables.directory, administrator);
  return shown(view(settings), tagOf(settings));
};

const change: Handler = async (call) => {
  const { tables, administrator, trail } = call;
  const matches = requiredMatch(call.request);
  const wanted = { change: readChange(SettingsChange, call) };
  const terms = { trail, admits: (settings: Settings) => matches(tagOf(settings)) };
  const settings = await changeSettings(tables.directory, administrator, { ...wanted, ...terms });
  return shown(view(settings), tagOf(settings));
};

export const settings = { show, change };
