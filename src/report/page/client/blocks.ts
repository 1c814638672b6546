/** What a block of data in the page holds; the block is ours, whatever its texts are. */
export function parsedBlock(id: string): unknown {
  return JSON.parse(document.getElementById(id)?.textContent ?? 'null');
}

/** Entries in numbered blocks, `KIND-0` and so on: each is parsed when one of its entries is asked for. */
export class Blocks<T> {
  private readonly kind: string;
  private readonly size: number;
  private readonly parsed = new Map<number, readonly T[]>();

  constructor(kind: string, size: number) {
    this.kind = kind;
    this.size = size;
  }

  at(entry: number): T {
    const number = Math.floor(entry / this.size);
    let block = this.parsed.get(number);
    if (block === undefined) {
      block = parsedBlock(`${this.kind}-${number}`) as readonly T[];
      this.parsed.set(number, block);
    }
    return block[entry % this.size];
  }
}
