// Two other ways to look for the same items, each as its users would write it first. Both read whole lines of JSON, and give
// the (document, item) pairs they find, so that it shows that they did the work.
import minhash from 'minhash';

const { Minhash, LshIndex } = minhash;

/** Plain JavaScript: parse, lower-case, split into words, look every 8-gram up in a Map; an item counts from half of its own. */
export class GramSet {
  constructor(items) {
    this.needs = [];
    this.grams = new Map();
    items.forEach(({ question }, i) => {
      const own = new Set(gramsOf(wordsOf(question)));
      this.needs.push(own.size / 2);
      for (const gram of own) {
        const holders = this.grams.get(gram);
        if (holders) holders.push(i);
        else this.grams.set(gram, [i]);
      }
    });
  }

  /** Numbers of the items that the line's document holds. */
  find(line) {
    const counts = new Map();
    for (const gram of new Set(gramsOf(wordsOf(JSON.parse(line).text))))
      for (const item of this.grams.get(gram) ?? []) counts.set(item, (counts.get(item) ?? 0) + 1);
    return [...counts].filter(([item, count]) => count >= this.needs[item]).map(([item]) => item);
  }
}

/** Windows of so many words, half overlapping: about an item long, since whole documents resemble no item. */
const WINDOW = 40;
const LEAST_SIMILARITY = 0.5;

/** The `minhash` package as its README shows it: signatures of word sets, an LSH index of the items, a query a window. */
export class MinhashIndex {
  constructor(items) {
    this.index = new LshIndex();
    this.signatures = items.map(({ question }, i) => {
      const signature = signatureOf(wordsOf(question));
      this.index.insert(i, signature);
      return signature;
    });
  }

  find(line) {
    const words = wordsOf(JSON.parse(line).text);
    const found = new Set();
    for (let from = 0; from === 0 || from + WINDOW / 2 < words.length; from += WINDOW / 2) {
      const signature = signatureOf(words.slice(from, from + WINDOW));
      for (const item of this.candidates(signature))
        if (signature.jaccard(this.signatures[item]) >= LEAST_SIMILARITY) found.add(item);
    }
    return [...found];
  }

  /** What index.query does; that of 0.0.9 throws when a band of the query is in no indexed signature. */
  candidates(signature) {
    return new Set(this.index.getHashbands(signature).flatMap((band) => this.index.index[band] ?? []));
  }
}

function signatureOf(words) {
  const signature = new Minhash();
  for (const word of new Set(words)) signature.update(word);
  return signature;
}

function wordsOf(text) {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function gramsOf(words) {
  return words.slice(7).map((_, i) => words.slice(i, i + 8).join(' '));
}
