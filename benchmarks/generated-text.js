// Text that costs a scanner what real text costs it: words with their real frequencies (the list of text profile 1 says how
// common each is), common phrases that documents and benchmark items share, sentences with commas and capitals, and
// about two per cent that is not ASCII. No grammar and no sense.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './machine.js';

/** Share of words that come as part of a phrase from a common stock, as "one of the" does. */
const PHRASE_SHARE = 0.12;
const PHRASES = 20_000;
/** Share of words with other letters than ASCII's. */
const OTHER_SHARE = 0.03;

export class TextGenerator {
  constructor(random) {
    this.random = random;
    const words = readWords();
    this.ascii = new Sampler(words.filter(({ word }) => /^[a-z0-9]+$/.test(word)));
    this.other = new Sampler(words.filter(({ word }) => /[^\0-\x7f]/.test(word)));
    this.phrases = Array.from({ length: PHRASES }, () =>
      Array.from({ length: random.between(3, 5) }, () => this.ascii.sample(random)).join(' '),
    );
  }

  /** About `count` words, in sentences and paragraphs. */
  prose(count) {
    const { random } = this;
    let text = '';
    for (let left = count; left > 0;) {
      const length = Math.min(left, random.between(5, 28));
      text += this.sentence(length);
      left -= length;
      if (left > 0) text += random.chance(0.2) ? '\n\n' : ' ';
    }
    return text;
  }

  sentence(length) {
    const { random } = this;
    let text = '';
    for (let i = 0; i < length; i++) {
      const word = this.word();
      const quoted = random.chance(0.01);
      text += (i > 0 ? ' ' : '') + (quoted ? `"${word}"` : word);
      if (i + 1 < length && random.chance(0.08)) text += random.chance(0.04) ? ' —' : ',';
    }
    return text.charAt(0).toUpperCase() + text.slice(1) + (random.chance(0.1) ? '?' : '.');
  }

  word() {
    const { random } = this;
    if (random.chance(PHRASE_SHARE / 4)) {
      // The square makes the first phrases of the stock common and the last ones rare.
      return this.phrases[Math.floor(random.next() ** 2 * this.phrases.length)];
    }
    return random.chance(OTHER_SHARE) ? this.other.sample(random) : this.ascii.sample(random);
  }
}

/** Draws words by their frequencies: a table of 2^16 places, each word having its share of them, at least one. */
class Sampler {
  constructor(words) {
    const all = words.reduce((sum, { share }) => sum + share, 0);
    this.places = words.flatMap(({ word, share }) => Array(Math.max(1, Math.round((share / all) * 65536))).fill(word));
  }

  sample(random) {
    return random.pick(this.places);
  }
}

/** Lines of the list are `bits word word …`; a word's share of all text is 2^−bits. */
function readWords() {
  const text = readFileSync(path.join(root, 'src/text/profile-1/words.txt'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const [bits, ...words] = line.split(' ');
      return words.map((word) => ({ word, share: 2 ** -Number(bits) }));
    });
}
