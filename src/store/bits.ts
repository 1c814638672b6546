/** Bits into bytes, from the lowest of each byte up; numbers of up to 32 bits, from their lowest bit. */
export class BitWriter {
  private bytes = new Uint8Array(1 << 16);
  private length = 0;
  private lane = 0;
  private held = 0;

  put(value: number, bits: number): void {
    let left = value;
    for (let count = bits; count > 0;) {
      const taken = Math.min(8 - this.held, count);
      this.lane |= (left & ((1 << taken) - 1)) << this.held;
      left >>>= taken;
      count -= taken;
      this.held += taken;
      if (this.held === 8) this.flush();
    }
  }

  /** So many zeros, and a one. */
  unary(zeros: number): void {
    for (let left = zeros; left > 0; left -= 32) this.put(0, Math.min(32, left));
    this.put(1, 1);
  }

  /** What was put so far, to the next whole byte; the writer is empty then. A view, until something is put again. */
  take(): Uint8Array {
    if (this.held > 0) this.flush();
    const taken = this.bytes.subarray(0, this.length);
    this.length = 0;
    return taken;
  }

  private flush(): void {
    if (this.length === this.bytes.length) {
      const wider = new Uint8Array(2 * this.bytes.length);
      wider.set(this.bytes);
      this.bytes = wider;
    }
    this.bytes[this.length++] = this.lane;
    this.lane = 0;
    this.held = 0;
  }
}

/** Reads bits in the order they were put; beyond the end there are zeros, and `overrun` says so. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private at: number;

  constructor(bytes: Uint8Array, fromByte = 0) {
    this.bytes = bytes;
    this.at = fromByte * 8;
  }

  get overrun(): boolean {
    return this.at > this.bytes.length * 8;
  }

  get(bits: number): number {
    let value = 0;
    for (let got = 0; got < bits;) {
      const taken = Math.min(8 - (this.at & 7), bits - got);
      const piece = ((this.bytes[this.at >> 3] ?? 0) >>> (this.at & 7)) & ((1 << taken) - 1);
      value += piece * 2 ** got;
      got += taken;
      this.at += taken;
    }
    return value;
  }

  /** Zeros up to the next one, which is passed too. */
  unary(): number {
    let zeros = 0;
    while (!this.overrun && this.get(1) === 0) zeros++;
    return zeros;
  }
}
