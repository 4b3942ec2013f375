/**
 * What the pages of people without a session say in English. Its type is that of every language.
 *
 * @module
 */
import { type Html, html } from '../shell/html.ts';

export const english = {
  error: 'Error',
  address: 'E-mail address',
  login: 'Username or e-mail',
  name: 'Your name',
  optional: 'optional',
  account: 'Account',
  back: 'Back to sign-in',
  signIn: 'Sign in',
  wait: (inTime: string): string => `That was asked for too often. Try again ${inTime}.`,
  missingLogin: 'Enter your username or your e-mail address.',
  missingAddress: 'Enter an e-mail address, such as you@example.com.',
  otherAddress:
    'Accounts here are for addresses of other providers. Use the one of your organisation.',
  missingPassword: 'Enter a new password.',
  passwords: {
    length: 'The password must have 15 to 256 characters.',
    lengthOfSeed: 'The password must have 5 to 256 characters.',
    common:
      'That password is one of those that are guessed first. Take a few words that do not belong together.',
    leaked:
      'That password has leaked somewhere, so it is among those that are guessed. Take one that you use nowhere else.',
    unchanged: 'That is the password before. Take one that nobody but you knows.',
    unusable: 'That password cannot be used. Take another one.',
  },
  forgot: {
    title: 'Forgot your password?',
    lead: 'We will send a link with which you choose another one to the e-mail address of your account.',
    submit: 'Send the link',
  },
  unlock: {
    title: 'Too many attempts?',
    lead: 'Somebody else may be trying your name. We will send a link to the e-mail address of your account: in the browser in which you open it, you need not wait.',
    submit: 'Send the link',
  },
  signUp: {
    title: 'Create an account',
    lead: 'We will send a link to your e-mail address. With it you finish your account.',
    submit: 'Send the link',
    closed: 'Accounts are not made here',
    closedLead: 'The people in charge make them. Ask your administrator for one.',
  },
  sent: {
    title: 'Check your mail',
    forgot: (login: Html): Html =>
      html`If ${login} has an account with an e-mail address, a link is on its way to it. It works for an hour.`,
    unlock: (login: Html): Html =>
      html`If ${login} has an account with an e-mail address, a link is on its way to it. It works for an hour.`,
    signUp: (address: Html): Html =>
      html`A mail is on its way to ${address}. It says how to go on, and works for a day.`,
    lead: 'Nothing there after a few minutes? Look into the spam folder, then try again.',
  },
  noMail: {
    title: 'No mail is sent from here',
    lead: 'Your administrator can give you another password.',
  },
  open: {
    'reset-password': {
      title: 'Choose another password',
      lead: 'You, or somebody who knows your name here, asked for another password for this account.',
      submit: 'Choose a new password',
    },
    invitation: {
      title: 'You are invited',
      lead: 'An account was made for you. Choose a password, and it is yours.',
      submit: 'Choose a password',
    },
    'must-change': {
      title: 'Choose another password',
      lead: 'Somebody else may know the password of this account. Choose one that only you know.',
      submit: 'Choose a new password',
    },
    'sign-up': {
      title: 'Finish your account',
      lead: 'Your e-mail address is confirmed with this step.',
      submit: 'Go on',
    },
    unlock: {
      title: 'Sign in in this browser',
      lead: 'Somebody, maybe you, tried to sign in to this account too often. Press the button, and this browser need not wait for others.',
      submit: 'Go on in this browser',
    },
    'verify-email': {
      title: 'Confirm your e-mail address',
      lead: 'Press the button if this is your address and your account.',
      submit: 'Confirm the address',
    },
  },
  choose: { title: 'Choose a password', submit: 'Save the password', finish: 'Create the account' },
  over: {
    title: 'This link does not work any more',
    lead: 'It was used already, is too old, or something about the account has changed since. Nothing was lost.',
    again: 'Send me another one',
    signIn: 'Sign in',
  },
  taken: {
    title: 'There is an account already',
    lead: 'An account with this address was made in the meantime. Sign in, or choose another password.',
  },
  done: {
    'reset-password': {
      title: 'Your password is changed',
      lead: 'You are signed out everywhere. Sign in with the new one, here or in the window that you came from.',
    },
    invitation: {
      title: 'Your account is ready',
      lead: 'Sign in with your new password, here or in the application that you were invited to.',
    },
    'must-change': {
      title: 'Your password is changed',
      lead: 'You are signed out everywhere else. Sign in with the new one.',
    },
    'sign-up': {
      title: 'Your account is ready',
      lead: 'Sign in with it, here or in the window that you came from.',
    },
    unlock: {
      title: 'This browser need not wait',
      lead: 'Sign in with your password, here or in the window that you came from.',
    },
    'verify-email': {
      title: 'Your address is confirmed',
      lead: 'You can close this window.',
    },
    'end-access': {
      title: 'They have ended',
      lead: 'No key of yours works any more, and every application asks you again.',
    },
  },
  access: {
    heading: 'Did somebody else know your password?',
    lead: 'These still work, or would be let in again without a question:',
    key: (name: Html): Html => html`API key ${name}`,
    application: (name: Html): Html => html`Application ${name}`,
    submit: 'End them all',
  },
  expired: {
    title: 'Page expired',
    lead: 'It was open for too long, or this browser keeps no cookies. Nothing was lost: start again.',
    restart: 'Start again',
  },
};

export type Messages = typeof english;
