import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** That nothing a page was made of has run, loaded anything, made an element, or reached the eye raw. */
export async function expectHarmless(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  expect(await page.locator('img, iframe, object, embed, form, link, base, x').count()).toBe(0);
  expect(await page.locator('script:not([type])').count()).toBe(1);
  expect(
    await page.evaluate(() => /[\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/u.test(document.body.innerText)),
  ).toBe(false);
}
