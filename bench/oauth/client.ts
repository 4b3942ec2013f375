/**
 * The client that asks all servers alike, and its requests.
 *
 * @module
 */
export const CLIENT = { id: 'bench-client', secret: 'bench-client-secret' };
export const REDIRECT_URI = 'http://127.0.0.1:9999/callback';
export const SCOPE = 'openid offline_access';
export const GRANTS = ['client_credentials', 'authorization_code', 'refresh_token'] as const;
export type Grant = (typeof GRANTS)[number];

export const HEADERS = {
  authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}`,
  'content-type': 'application/x-www-form-urlencoded',
};

/** @param spent - The code or the refresh token. */
export function formOf(grant: Grant, spent = ''): string {
  const more = {
    client_credentials: {},
    authorization_code: { code: spent, redirect_uri: REDIRECT_URI },
    refresh_token: { refresh_token: spent },
  }[grant];
  return `${new URLSearchParams({ grant_type: grant, ...more })}`;
}
