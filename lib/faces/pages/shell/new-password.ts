/**
 * The field for a password that is to be set: what it has to be, a button that shows it, and how hard it
 * would be to guess. Whether it is good enough is for lib/manage/users/password-rule.ts to say, when it is sent.
 *
 * Without a script it is a field with its rule beside it. With one, what estimates the strength (strength.ts)
 * is fetched from us when the field is first used: it is as large as all of the page's rest many times over.
 *
 *   content: html`<form …>${newPassword(site, { own: [username] })}<button>…</button></form>`,
 *   script: newPasswordScript(site),
 *
 * Pasting works, and nothing of the characters is asked for.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.1.1.2; WCAG 2.2 §1.3.5, §3.3.8, §4.1.3 (status messages)
 */
import { hashSource } from './content-security-policy.ts';
import { type Html, html, verbatim } from './html.ts';
import { path, type Script, type Site } from './page.ts';
import { passwordWords } from './password-words.ts';
import { SHOW_PASSWORD_CODE, withShowButton } from './show-password.ts';

/** Where the script is that tells the strength: strength.ts. */
export const STRENGTH_PATH = '/account/strength.js';

export type NewPassword = {
  /** Of the field, and its id. */
  name?: string;
  label?: string;
  /** Names that are not to be in it: of the account, its address. */
  own?: readonly string[];
  focus?: boolean;
  /** The page's problem (parts.ts) is about this field. */
  isFaulty?: boolean;
};

export function newPassword(site: Site, given: NewPassword = {}): Html {
  const { name = 'new_password', own = [], focus = false, isFaulty = false } = given;
  const words = passwordWords(site.locale);
  const faulty = isFaulty && html` aria-invalid="true"`;
  const described = `${name}-rule${isFaulty ? ' problem' : ''}`;
  const input = html`<input id="${name}" name="${name}" type="password" autocomplete="new-password" autocapitalize="none" autocorrect="off" spellcheck="false" required aria-describedby="${described}"${faulty}${focus && html` autofocus`}>`;
  return html`<div><label for="${name}">${given.label ?? words.newPassword}</label>
${withShowButton(site.locale, name, input)}
<p class="hint" id="${name}-rule">${words.rule}</p>
<p class="strength" role="status" data-field="${name}" data-script="${path(site, STRENGTH_PATH)}" data-own="${own.join('\n')}" data-characters="${words.characters}" data-words="${words.strengths.join('\n')}" hidden></p></div>`;
}

/** The length is told before the strength: nothing shorter would be taken. */
const STRENGTH_CODE = `const LEAST=15;
for(const told of document.querySelectorAll('.strength')){
const {field:id,script:src,own,characters,words}=told.dataset;
const field=document.getElementById(id);
const tell=()=>{
const length=[...field.value.normalize()].length;
const isShort=length<LEAST;
const score=isShort?0:self.passwordStrength?.scoreOf(field.value,own.split('\\n'));
told.hidden=length===0||score===undefined;
if(told.hidden)return;
told.dataset.score=score;
told.textContent=isShort?characters+' '+length+' / '+LEAST:words.split('\\n')[score];
};
let wait;
field.addEventListener('input',()=>{clearTimeout(wait);wait=setTimeout(tell,200)});
const load=()=>{
if(document.querySelector('script[src]'))return;
const script=document.createElement('script');
script.src=src;
script.addEventListener('load',tell);
document.body.append(script);
};
if(document.activeElement===field)load();
else field.addEventListener('focus',load,{once:true});
}`;

const CODE = `${SHOW_PASSWORD_CODE}\n${STRENGTH_CODE}`;
const ELEMENT = verbatim('script', CODE);

/** For a page with such a field. Its own code by its hash, and what that fetches by its address. */
export function newPasswordScript({ issuer }: Site): Script {
  const own = hashSource(CODE);
  return { element: ELEMENT, source: issuer ? `${own} ${issuer}${STRENGTH_PATH}` : own };
}
