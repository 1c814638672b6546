/** Orders two entries. */
export type Comparison = (a: number, b: number) => number;

/** Orders of all entries by each key, made once: a filter then goes through one of them. */
export class Sorted<Key extends string> {
  private readonly total: number;
  private readonly comparison: (key: Key) => Comparison;
  private readonly first: Key;
  private readonly orders = new Map<Key, Uint32Array>();

  /** What `key` leaves open, `first` decides, then the number of the entry. */
  constructor(total: number, comparison: (key: Key) => Comparison, first: Key) {
    this.total = total;
    this.comparison = comparison;
    this.first = first;
  }

  /** Entries in the order wanted, those alone that are to be kept. */
  entries(key: Key, descending: boolean, keep: (entry: number) => boolean): Uint32Array {
    const order = this.order(key);
    const found = new Uint32Array(order.length);
    let n = 0;
    for (let i = 0; i < order.length; i++) {
      const entry = order[descending ? i : order.length - 1 - i];
      if (keep(entry)) found[n++] = entry;
    }
    return found.subarray(0, n);
  }

  private order(key: Key): Uint32Array {
    const known = this.orders.get(key);
    if (known) return known;
    const compare = this.comparison(key);
    const first = this.comparison(this.first);
    const order = Uint32Array.from({ length: this.total }, (_, i) => i);
    order.sort((a, b) => compare(a, b) || (key === this.first ? 0 : first(a, b)) || a - b);
    this.orders.set(key, order);
    return order;
  }
}

export function falling(column: readonly number[]): Comparison {
  return (a, b) => column[b] - column[a];
}

/** Numbers in names by their value: item 9 before item 10. */
export function byName(names: readonly string[]): Comparison {
  const { compare } = new Intl.Collator('en', { numeric: true });
  return (a, b) => compare(names[a], names[b]);
}

/** Whether an entry has all words of a text; `has` is asked for each, in lower case. */
export function hasWords(text: string, has: (entry: number, word: string) => boolean): (entry: number) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (entry) => words.every((word) => has(entry, word));
}
