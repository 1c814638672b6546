import { EntryBuffer } from '../hashcore/entry-buffer.js';
import type { HashCore } from '../hashcore/hash-core.js';
import { SOURCE_BLOCK_BYTES } from '../model/index-manifest.js';
import { shortKey } from '../store/look-up.js';
import type { Fingerprinting } from './document-scanner.js';
import type { CheckResult, CheckSetup } from './expected.js';
import type { Unit } from './unit.js';

const CAPACITY = 1 << 16;

/** Looks whether documents have the fingerprints that an index says they have: else they were changed since. */
export class KeyCheck implements Fingerprinting {
  private readonly core: HashCore;
  private readonly memory: WebAssembly.Memory;
  private readonly setup: CheckSetup;
  private buffer: EntryBuffer;
  private wanted = new Set<number>();
  private firstLine = 0;
  private isText = false;
  private textBytes = 0;

  constructor(core: HashCore, memory: WebAssembly.Memory, setup: CheckSetup) {
    this.core = core;
    this.memory = memory;
    this.setup = setup;
    this.buffer = this.open(CAPACITY);
  }

  begin(unit: Unit): void {
    this.wanted = new Set(unit.expected?.keys);
    this.firstLine = 0;
    this.isText = unit.kind === 'documents';
    this.textBytes = 0;
    this.core.core.openRun();
  }

  end(): CheckResult {
    this.drain();
    return { firstLine: this.firstLine, missing: [...this.wanted] };
  }

  beforeLines(address: number, offset: number, lines: number): void {
    this.drain();
    this.core.core.placeOrigin(address, offset, lines);
  }

  beforeText({ record, offset }: { readonly record: number; readonly offset: number }, bytes: number): void {
    this.drain();
    const at = this.isText ? this.textBytes : offset;
    this.textBytes += bytes;
    this.core.core.placeTextOrigin(Math.floor(at / SOURCE_BLOCK_BYTES), record);
  }

  makeRoom(): void {
    if (this.buffer.count === 0) this.buffer = this.open(2 * this.buffer.capacity);
    this.drain();
  }

  private open(capacity: number): EntryBuffer {
    const buffer = new EntryBuffer(this.memory, this.core.core, capacity);
    buffer.select(this.setup.windows);
    return buffer;
  }

  private drain(): void {
    const { count } = this.buffer;
    const words = this.buffer.words(count);
    const { keyBits } = this.setup;
    if (this.wanted.size > 0)
      for (let i = 0; i < count; i++) this.wanted.delete(shortKey(words[4 * i], words[4 * i + 1], keyBits));
    if (this.firstLine === 0) this.firstLine = this.buffer.blocks(0)[1] ?? 0;
    this.core.core.openRun();
  }
}
