/**
 * What the pages of people without a session say in Czech.
 *
 * @module
 */
import { type Html, html } from '../shell/html.ts';
import type { Messages } from './words-en.ts';

export const czech: Messages = {
  error: 'Chyba',
  address: 'E-mailová adresa',
  login: 'Uživatelské jméno nebo e-mail',
  name: 'Vaše jméno',
  optional: 'nepovinné',
  account: 'Účet',
  back: 'Zpět k přihlášení',
  signIn: 'Přihlásit se',
  wait: (inTime: string): string => `Žádostí bylo příliš mnoho. Zkuste to znovu ${inTime}.`,
  missingLogin: 'Zadejte uživatelské jméno nebo e-mailovou adresu.',
  missingAddress: 'Zadejte e-mailovou adresu, například vy@example.com.',
  otherAddress:
    'Účty se tu zakládají jen pro adresy jiných poskytovatelů. Použijte adresu své organizace.',
  missingPassword: 'Zadejte nové heslo.',
  passwords: {
    length: 'Heslo musí mít 15 až 256 znaků.',
    lengthOfSeed: 'Heslo musí mít 5 až 256 znaků.',
    common:
      'Toto heslo patří k těm, která se hádají jako první. Vezměte pár slov, která k sobě nepatří.',
    leaked:
      'Toto heslo někde uniklo, takže patří k těm, která se hádají. Zvolte takové, které nikde jinde nepoužíváte.',
    unchanged: 'To je dosavadní heslo. Zvolte takové, které kromě vás nikdo nezná.',
    unusable: 'Toto heslo nelze použít. Zvolte jiné.',
  },
  forgot: {
    title: 'Zapomněli jste heslo?',
    lead: 'Na e-mailovou adresu vašeho účtu pošleme odkaz, se kterým si zvolíte jiné.',
    submit: 'Poslat odkaz',
  },
  unlock: {
    title: 'Příliš mnoho pokusů?',
    lead: 'Vaše jméno možná zkouší někdo jiný. Na e-mailovou adresu vašeho účtu pošleme odkaz: v prohlížeči, ve kterém ho otevřete, čekat nemusíte.',
    submit: 'Poslat odkaz',
  },
  signUp: {
    title: 'Vytvořit účet',
    lead: 'Na vaši e-mailovou adresu pošleme odkaz. S ním účet dokončíte.',
    submit: 'Poslat odkaz',
    closed: 'Účty se tu nezakládají',
    closedLead: 'Zakládá je správce. Požádejte ho o něj.',
  },
  sent: {
    title: 'Podívejte se do pošty',
    forgot: (login: Html): Html =>
      html`Pokud ${login} má účet s e-mailovou adresou, odkaz je na cestě. Platí hodinu.`,
    unlock: (login: Html): Html =>
      html`Pokud ${login} má účet s e-mailovou adresou, odkaz je na cestě. Platí hodinu.`,
    signUp: (address: Html): Html =>
      html`Zpráva je na cestě na adresu ${address}. Je v ní, jak dál, a platí jeden den.`,
    lead: 'Ani za pár minut nic nepřišlo? Podívejte se do spamu a pak to zkuste znovu.',
  },
  noMail: {
    title: 'Odtud se pošta neposílá',
    lead: 'Jiné heslo vám může nastavit správce.',
  },
  open: {
    'reset-password': {
      title: 'Zvolte si jiné heslo',
      lead: 'O jiné heslo k tomuto účtu jste požádali vy, nebo někdo, kdo zná vaše zdejší jméno.',
      submit: 'Zvolit nové heslo',
    },
    invitation: {
      title: 'Máte pozvánku',
      lead: 'Byl pro vás vytvořen účet. Zvolte si heslo a je váš.',
      submit: 'Zvolit heslo',
    },
    'must-change': {
      title: 'Zvolte si jiné heslo',
      lead: 'Heslo k tomuto účtu může znát i někdo jiný. Zvolte si takové, které znáte jen vy.',
      submit: 'Zvolit nové heslo',
    },
    'sign-up': {
      title: 'Dokončete svůj účet',
      lead: 'Tímto krokem potvrdíte svou e-mailovou adresu.',
      submit: 'Pokračovat',
    },
    unlock: {
      title: 'Přihlaste se v tomto prohlížeči',
      lead: 'Někdo, možná vy, se k tomuto účtu zkoušel přihlásit příliš často. Stiskněte tlačítko a tento prohlížeč nebude na ostatní čekat.',
      submit: 'Pokračovat v tomto prohlížeči',
    },
    'verify-email': {
      title: 'Potvrďte svou e-mailovou adresu',
      lead: 'Pokud je to vaše adresa a váš účet, stiskněte tlačítko.',
      submit: 'Potvrdit adresu',
    },
  },
  choose: { title: 'Zvolte si heslo', submit: 'Uložit heslo', finish: 'Vytvořit účet' },
  over: {
    title: 'Tento odkaz už neplatí',
    lead: 'Byl už použit, je příliš starý, nebo se od té doby na účtu něco změnilo. O nic jste nepřišli.',
    again: 'Poslat nový',
    signIn: 'Přihlásit se',
  },
  taken: {
    title: 'Účet už existuje',
    lead: 'Účet s touto adresou mezitím vznikl. Přihlaste se, nebo si zvolte jiné heslo.',
  },
  done: {
    'reset-password': {
      title: 'Heslo je změněno',
      lead: 'Všude jste odhlášeni. Přihlaste se novým heslem, tady nebo v okně, ze kterého jste přišli.',
    },
    invitation: {
      title: 'Účet je připraven',
      lead: 'Přihlaste se novým heslem, tady nebo v aplikaci, do které jste byli pozváni.',
    },
    'must-change': {
      title: 'Heslo je změněno',
      lead: 'Všude jinde jste odhlášeni. Přihlaste se novým heslem.',
    },
    'sign-up': {
      title: 'Účet je připraven',
      lead: 'Přihlaste se jím, tady nebo v okně, ze kterého jste přišli.',
    },
    unlock: {
      title: 'Tento prohlížeč čekat nemusí',
      lead: 'Přihlaste se svým heslem, tady nebo v okně, ze kterého jste přišli.',
    },
    'verify-email': {
      title: 'Adresa je potvrzena',
      lead: 'Toto okno můžete zavřít.',
    },
    'end-access': {
      title: 'Skončily',
      lead: 'Žádný váš klíč už neplatí a každá aplikace se vás znovu zeptá.',
    },
  },
  access: {
    heading: 'Znal vaše heslo někdo jiný?',
    lead: 'Toto stále funguje, nebo by to bylo bez ptaní znovu vpuštěno:',
    key: (name: Html): Html => html`Klíč API ${name}`,
    application: (name: Html): Html => html`Aplikace ${name}`,
    submit: 'Všechny ukončit',
  },
  expired: {
    title: 'Stránka vypršela',
    lead: 'Byla otevřená příliš dlouho, nebo tento prohlížeč neukládá cookies. O nic jste nepřišli: začněte znovu.',
    restart: 'Začít znovu',
  },
};
