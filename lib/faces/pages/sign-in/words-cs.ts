/**
 * What the pages say in Czech. A missing text does not compile.
 *
 * @module
 */
import { type Html, html } from '../shell/html.ts';
import type { Messages } from './words-en.ts';

export const czech: Messages = {
  error: 'Chyba',
  continue: 'Pokračovat',
  cancel: 'Zrušit',
  signedInAs: 'Přihlášený účet',
  aboutClient: {
    label: (client) => `O aplikaci ${client}`,
    from: (client) => html`Aplikace ${client}:`,
    about: 'Web',
    terms: 'Podmínky',
    privacy: 'Ochrana údajů',
  },
  returnTo: (host) => html`Budete přesměrováni na ${host}`,
  login: {
    title: 'Přihlášení',
    lead: (client) => html`pro pokračování do aplikace ${client}`,
    again: 'Ověřte, že jste to vy',
    againLead: (client) => html`Aplikace ${client} žádá o nové přihlášení`,
    username: 'Uživatelské jméno nebo e-mail',
    password: 'Heslo',
    submit: 'Přihlásit se',
    code: 'Poslat místo toho kód e-mailem',
    forgot: 'Zapomněli jste heslo?',
    signUp: 'Vytvořit účet',
    wrong: 'Uživatelské jméno nebo heslo není správné.',
    locked: (inTime) => `Pokusů bylo příliš mnoho. Zkuste to znovu ${inTime}.`,
    unlock: 'Poslat mi odkaz, se kterým se nečeká',
    missing: 'Zadejte uživatelské jméno a heslo.',
    not_admitted: 'S tímto účtem se do této aplikace přihlásit nelze. Použijte jiný.',
  },
  code: {
    title: 'Zadejte kód',
    lead: (username: Html): Html =>
      html`Pokud má ${username} účet, u kterého je to povoleno, kód o šesti číslicích je na cestě na jeho e-mailovou adresu. Platí deset minut, a to v tomto prohlížeči.`,
    label: 'Kód',
    submit: 'Přihlásit se',
    again: 'Poslat jiný kód',
    password: 'Použít heslo',
    wrong: 'Kód není správný, nebo už neplatí. Po pěti pokusech si řekněte o jiný.',
  },
  consent: {
    title: 'Povolení přístupu',
    heading: (client) => html`Aplikace ${client} chce používat váš účet`,
    lead: 'Když to povolíte, bude moci:',
    allow: 'Povolit',
    deny: 'Odmítnout',
    scopes: {
      openid: 'Vědět, kdo jste',
      profile: 'Vidět vaše jméno a profil',
      email: 'Vidět vaši e-mailovou adresu',
      address: 'Vidět vaši poštovní adresu',
      phone: 'Vidět vaše telefonní číslo',
      offline_access: 'Mít přístup, i když tu nejste',
      roles: 'Vidět vaše role',
      domain: 'Vidět, do které domény patříte',
      full_access: 'Dělat vaším jménem vše, co smíte vy, kromě správy',
      '*': 'Dělat vaším jménem vše, co smíte vy',
    },
    acl: (actions, resource) => html`${actions} v oblasti ${resource}`,
    own: (actions, resource) => html`${actions} jen vlastní v oblasti ${resource}`,
    actions: { c: 'vytvářet', r: 'číst', u: 'měnit', d: 'mazat' },
    other: (scope) => html`Používat ${scope}`,
  },
  chooser: {
    title: 'Výběr účtu',
    lead: (client) => html`pro pokračování do aplikace ${client}`,
    continueAs: (username) => html`Pokračovat jako ${username}`,
    switch: 'Použít jiný účet',
  },
  logout: {
    title: 'Odhlášení',
    question: 'Chcete se odhlásit?',
    which: 'Který účet chcete odhlásit?',
    one: (username) => html`Odhlásit ${username}`,
    all: 'Odhlásit všechny účty',
    lead: 'Odhlásíte se tady i ve všech aplikacích, které jste odtud otevřeli. Trvalý přístup, který jste aplikaci povolili, zůstane.',
    yes: 'Odhlásit se',
    no: 'Neodhlašovat',
  },
  loggedOut: {
    title: 'Odhlášeno',
    heading: 'Jste odhlášeni',
    lead: 'Okno můžete zavřít.',
    back: (client) => (client ? html`Zpět do aplikace ${client}` : html`Pokračovat`),
  },
  stayed: {
    title: 'Přihlášeno',
    heading: 'Zůstáváte přihlášeni',
    lead: 'Okno můžete zavřít.',
  },
  expired: {
    title: 'Platnost stránky vypršela',
    heading: 'Platnost této stránky vypršela',
    lead: 'Byla otevřená příliš dlouho, nebo už byla odeslána. O nic jste nepřišli, začněte znovu.',
    restart: 'Začít znovu',
  },
  failure: {
    title: 'Něco se nepovedlo',
    request: 'Tento odkaz nefunguje',
    requestLead:
      'Aplikace, která vás sem poslala, udělala chybu. Vraťte se do ní a zkuste to znovu.',
    fault: 'Něco se nepovedlo',
    faultLead: 'Chyba je na naší straně, ne na vaší. Zkuste to za chvíli znovu.',
    back: 'Zpět do aplikace',
    details: 'Pro její vývojáře',
    requestId: 'Číslo požadavku',
  },
  formPost: {
    title: 'Okamžik',
    heading: 'Okamžik…',
    lead: 'Vracíme vás zpět. Pokud se nic nestane, pokračujte ručně.',
  },
};
