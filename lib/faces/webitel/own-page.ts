/**
 * The page of this face that people open in a browser, who are sent to sign in and back to it.
 *
 * @module
 */
export const OWN_PAGE = '/api/v2/whoami';
