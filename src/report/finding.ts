import type { Tone } from './style.js';

/** What a run comes to, in a word and a sentence. */
export interface Finding {
  readonly tone: Tone;
  readonly word: string;
  readonly text: string;
}
