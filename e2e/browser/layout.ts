/**
 * What a sighted person would trip over on a screen: something outside the glass, cut off, on top of something else, or too small for a
 * finger.
 */
import type { Page } from 'playwright-core';
import { inPage } from './in-page.ts';

/** WCAG 2.2, 2.5.5 (AAA): a finger’s target in CSS pixels. */
export const TARGET_PX = 44;

/** Sentences about what is wrong; none is what every screen must come to. `scrolls`: text so large that the page may be longer than the glass. */
export const layoutFaults = (page: Page, { scrolls = false } = {}): Promise<string[]> =>
  inPage(page, 'layout-faults', 'layoutFaults', { scrolls, targetPx: TARGET_PX });

/** Words torn apart because they did not fit, as `begin|rest`. Only for languages with spaces between words. */
export const brokenWords = (page: Page): Promise<string[]> => inPage(page, 'broken-words', 'brokenWords', {});
