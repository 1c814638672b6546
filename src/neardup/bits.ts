/** A bit a record: what a comparison keeps in memory of each. */
export class Bits {
  private readonly words: Uint32Array;

  constructor(length: number) {
    this.words = new Uint32Array(Math.ceil(length / 32));
  }

  set(i: number): void {
    this.words[i >>> 5] |= 1 << (i & 31);
  }

  has(i: number): boolean {
    return (this.words[i >>> 5] & (1 << (i & 31))) !== 0;
  }

  clear(): void {
    this.words.fill(0);
  }
}
