import { allocate } from '../hashcore/load.js';

/** A stretch of the core's memory for lists of blocks' numbers, one at a time. */
export class BlockStaging {
  private readonly memory: WebAssembly.Memory;
  private at = 0;
  private length = 0;
  private placed: Uint32Array | undefined;

  constructor(memory: WebAssembly.Memory) {
    this.memory = memory;
  }

  /** Puts a list there, unless it is there already, and says where. */
  place(numbers: Uint32Array): number {
    if (numbers === this.placed) return this.at;
    if (numbers.length > this.length) {
      this.length = Math.max(numbers.length, 2 * this.length, 1024);
      this.at = allocate(this.memory, this.length * 4);
    }
    new Uint32Array(this.memory.buffer, this.at, numbers.length).set(numbers);
    this.placed = numbers;
    return this.at;
  }
}
