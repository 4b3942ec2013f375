/**
 * The button that shows a password while it is typed. It needs a script, so without one it stays hidden.
 *
 * What is shown is hidden again before the form is sent, so that no browser keeps it among texts.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.1.1.2 (an option to display the secret), WCAG 2.2 §2.5.3 (label in name)
 */
import { type Html, html } from './html.ts';
import type { Locale } from './locale.ts';
import { script } from './page.ts';
import { passwordWords } from './password-words.ts';

/**
 * @param id - Of the field.
 * @param input - The field itself, an input of type `password`.
 */
export function withShowButton(locale: Locale, id: string, input: Html): Html {
  const { show, hide, showPassword, hidePassword } = passwordWords(locale);
  return html`<div class="secret">${input}<button type="button" class="show" id="show-${id}" hidden aria-controls="${id}" aria-label="${showPassword}" data-other="${hide}" data-other-label="${hidePassword}">${show}</button></div>`;
}

export const SHOW_PASSWORD_CODE = `for(const button of document.querySelectorAll('.show')){
const field=document.getElementById(button.getAttribute('aria-controls'));
const turn=()=>{
const {other,otherLabel}=button.dataset;
button.dataset.other=button.textContent;
button.dataset.otherLabel=button.getAttribute('aria-label');
button.textContent=other;
button.setAttribute('aria-label',otherLabel);
field.type=field.type==='password'?'text':'password';
};
button.hidden=false;
button.addEventListener('click',turn);
field.form.addEventListener('submit',()=>{if(field.type==='text')turn()});
}`;

/** For a page on which a password is only checked. */
export const SHOW_PASSWORD = script(SHOW_PASSWORD_CODE);
