import type { Windows } from '../text/select.js';

/** What an index says that a unit holds. */
export interface Expected {
  /** Number of the first record that begins in it. */
  readonly firstRecord: number;
  /** Keys that its documents have (store/look-up.ts, shortKey). */
  readonly keys: readonly number[];
}

/** How to tell whether it does. */
export interface CheckSetup {
  readonly windows: Windows;
  readonly keyBits: number;
}

/** What was found to be otherwise. */
export interface CheckResult {
  /** Line of the unit in which the first document was found; 0 where there was none. */
  readonly firstLine: number;
  readonly missing: readonly number[];
}
