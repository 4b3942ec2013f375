/** The console without a mouse: what is not reached by Tab and keys of the board is not reached at all. */
import type { Locator, Page } from 'playwright-core';

/** More than any page has to tab through. */
const MOST = 160;

export class Keys {
  private readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  /** By Tab, forwards; back round the browser's end if need be. */
  async to(target: Locator): Promise<void> {
    await target.waitFor();
    for (let steps = 0; steps < MOST; steps++) {
      if (await hasFocus(target)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`not reached by Tab: ${target}`);
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press(key);
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(text);
  }

  /** By the first letters of what it says, as a list box takes them. */
  async choose(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(text);
  }

  /** By the palette. */
  async go(place: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    const field = this.page.getByRole('combobox', { name: 'Go to' });
    await field.waitFor();
    await this.page.keyboard.type(place);
    const chosen = this.page.getByRole('dialog').getByRole('option', { selected: true });
    while ((await chosen.textContent()) !== place) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Enter');
    await this.page.getByRole('heading', { level: 1, name: place, exact: true }).waitFor();
  }

  /** A question that a button asks, answered by the button of the same name in it. */
  async confirm(label: string, typed?: string): Promise<void> {
    await this.press(this.page.getByRole('button', { name: label, exact: true }));
    const dialog = this.page.getByRole('alertdialog');
    await dialog.waitFor();
    if (typed !== undefined) await this.type(dialog.getByRole('textbox'), typed);
    await this.press(dialog.getByRole('button', { name: label, exact: true }));
    await dialog.waitFor({ state: 'detached' });
  }
}

export const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((it: { matches: (selector: string) => boolean }) => it.matches(':focus'));
