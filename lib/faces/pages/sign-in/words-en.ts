/**
 * What the pages say in English. Its type is that of every language.
 *
 * @module
 */
import { type Html, html } from '../shell/html.ts';

export const english = {
  error: 'Error',
  continue: 'Continue',
  cancel: 'Cancel',
  signedInAs: 'Signed in as',
  aboutClient: {
    label: (client: string): string => `About ${client}`,
    from: (client: Html): Html => html`${client}:`,
    about: 'Website',
    terms: 'Terms',
    privacy: 'Privacy',
  },
  returnTo: (host: Html): Html => html`You will be taken to ${host}`,
  login: {
    title: 'Sign in',
    lead: (client: Html): Html => html`to continue to ${client}`,
    again: 'Confirm it’s you',
    againLead: (client: Html): Html => html`${client} asks you to sign in again`,
    username: 'Username or e-mail',
    password: 'Password',
    submit: 'Sign in',
    code: 'Mail me a code instead',
    forgot: 'Forgot your password?',
    signUp: 'Create an account',
    wrong: 'The username or the password is not right.',
    locked: (inTime: string): string => `There were too many attempts. Try again ${inTime}.`,
    unlock: 'Mail me a link, so that I need not wait',
    missing: 'Enter your username and your password.',
    not_admitted: 'This account cannot be used with this application. Sign in with another one.',
  },
  code: {
    title: 'Enter the code',
    lead: (username: Html): Html =>
      html`If ${username} has an account for which that is allowed, a code of six digits is on its way to its e-mail address. It works for ten minutes, in this browser.`,
    label: 'Code',
    submit: 'Sign in',
    again: 'Send another code',
    password: 'Use the password',
    wrong: 'The code is not right, or no longer valid. After five tries ask for another one.',
  },
  consent: {
    title: 'Allow access',
    heading: (client: Html): Html => html`${client} wants to use your account`,
    lead: 'If you allow it, it may:',
    allow: 'Allow',
    deny: 'Deny',
    scopes: {
      openid: 'Know who you are',
      profile: 'See your name and your profile',
      email: 'See your e-mail address',
      address: 'See your postal address',
      phone: 'See your phone number',
      offline_access: 'Keep this access while you are away',
      roles: 'See your roles',
      domain: 'See which domain you belong to',
      full_access: 'Do everything in your name that you may do, but not administer',
      '*': 'Do everything in your name that you may do',
    },
    acl: (actions: string, resource: Html): Html => html`${actions} ${resource}`,
    own: (actions: string, resource: Html): Html =>
      html`${actions} what is your own in ${resource}`,
    actions: { c: 'create', r: 'read', u: 'change', d: 'delete' },
    other: (scope: Html): Html => html`Use ${scope}`,
  },
  chooser: {
    title: 'Choose an account',
    lead: (client: Html): Html => html`to continue to ${client}`,
    continueAs: (username: Html): Html => html`Continue as ${username}`,
    switch: 'Use another account',
  },
  logout: {
    title: 'Sign out',
    question: 'Do you want to sign out?',
    which: 'Which account do you want to sign out?',
    one: (username: Html): Html => html`Sign out ${username}`,
    all: 'Sign out of all accounts',
    lead: 'It ends your session here and in every application that you opened from it, but not access that you allowed an application to keep.',
    yes: 'Sign out',
    no: 'Stay signed in',
  },
  loggedOut: {
    title: 'Signed out',
    heading: 'You are signed out',
    lead: 'You can close this window.',
    back: (client: Html | undefined): Html => (client ? html`Back to ${client}` : html`Continue`),
  },
  stayed: {
    title: 'Signed in',
    heading: 'You are still signed in',
    lead: 'You can close this window.',
  },
  expired: {
    title: 'Page expired',
    heading: 'This page has expired',
    lead: 'It was open for too long, or it was sent already. Nothing was lost: start again.',
    restart: 'Start again',
  },
  failure: {
    title: 'Something went wrong',
    request: 'This link does not work',
    requestLead: 'The application that sent you here made a mistake. Go back to it and try again.',
    fault: 'Something went wrong',
    faultLead: 'It is our fault, not yours. Try again in a moment.',
    back: 'Back to the application',
    details: 'For its developers',
    requestId: 'Number of this request',
  },
  formPost: {
    title: 'One moment',
    heading: 'One moment…',
    lead: 'You are being taken back. If nothing happens, continue by hand.',
  },
};

export type Messages = typeof english;
