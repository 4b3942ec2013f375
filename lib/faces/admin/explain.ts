/**
 * Why a call with a session, an API key or a domain token would be allowed or not.
 *
 * @module
 */
import type * as v from 'valibot';
import { json } from '../../http/response.ts';
import { explain as explainCall } from '../../manage/sessions/explain.ts';
import { type Handler, readQuery } from './call.ts';
import type * as explained from './explained.ts';
import { nameOf } from './opaque-id.ts';
import { ExplainQuery } from './schemas.ts';

export const explain: Handler = async (call) => {
  const asked = { name: nameOf(call.id), call: readQuery(ExplainQuery, call) };
  const explanation: v.InferOutput<typeof explained.Explanation> = await explainCall(
    call.tables,
    call.administrator,
    asked,
    call.now,
  );
  return json(200, explanation);
};
