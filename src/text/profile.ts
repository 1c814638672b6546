import { readFileSync } from 'node:fs';
import { unicodeOf } from './unicode-bytes.js';
import type { UnicodeTable } from './unicode.js';
import { buildWeights, parseWords } from './weights.js';
import type { WeightTable } from './weights.js';

/** A numbered text model. Its files never change once released: a report says which one it was made with. */
export interface Profile {
  readonly unicode: UnicodeTable;
  /** Lines of words that share a weight, as the profile's file has them. */
  readonly words: string;
}

export function loadProfile(number: 1): Profile {
  const read = (name: string): Buffer => readFileSync(new URL(`./profile-${number}/${name}`, import.meta.url));
  return {
    unicode: unicodeOf(read('unicode.bin')),
    // Whoever makes fingerprints weighs nothing.
    get words() {
      return read('words.txt').toString('utf8');
    },
  };
}

/** What is needed of a core (hashcore/hash-core.ts) here. */
interface Tokenizer {
  readonly input: number;
  writeText(text: string): number;
  tokens(from: number, end: number, json: boolean): { readonly hashes: Uint32Array };
}

/** The weights of the profile's words, each hashed the way the core hashes the tokens of a corpus. */
export function weightsOf(profile: Profile, core: Tokenizer): WeightTable {
  return buildWeights(
    parseWords(profile.words).map(({ bits, words }) => {
      const length = core.writeText(words);
      return { bits, hashes: core.tokens(core.input, core.input + length, false).hashes };
    }),
  );
}
