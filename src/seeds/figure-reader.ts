import type { HashCore } from '../hashcore/hash-core.js';
import { BATCH_TOKENS } from '../hashcore/layout.js';
import { allocate } from '../hashcore/load.js';
import { PART_NAMES } from '../model/benchmark.js';
import { bitsOfFigures, LEAST_FIGURES, signOf } from './figures.js';
import type { FigureTexts } from './figures.js';

const ASKED = new Set(['question', 'code', 'passage'].map((name) => PART_NAMES.findIndex((part) => part === name)));

/** {token u32, first byte u32, byte after the last u32, low half of the hash u32} (assembly/figures.ts) */
const WORDS = 4;

/** Of each part of an item which text it is, and its name (catalog.ts). */
interface NamedTexts {
  readonly texts: readonly string[];
  readonly partTexts: Uint32Array;
  readonly partNames: Uint8Array;
}

/** Picks the figures out of texts while they are tokenized, so that none is tokenized for their sake. */
export class FigureReader {
  /** Texts with figures enough, in the order in which they went by. */
  get found(): FigureTexts {
    return this.kept;
  }
  private readonly kept = {
    ...{ texts: [] as number[], offsets: [0], hashes: [] as number[] },
    ...{ places: [] as number[], signs: [] as number[], bits: [] as number[] },
  };
  private readonly core: HashCore;
  private readonly memory: WebAssembly.Memory;
  private readonly list: number;
  /** 1 for a text that is a question, code or passage of some item. */
  private readonly asked: Uint8Array;
  /** Of the text that goes by: its figures, one behind another as the core lists them, tokens counted from the text's first. */
  private readonly read: number[] = [];

  constructor(core: HashCore, memory: WebAssembly.Memory, { texts, partTexts, partNames }: NamedTexts) {
    this.core = core;
    this.memory = memory;
    this.list = allocate(memory, BATCH_TOKENS * WORDS * 4);
    this.asked = new Uint8Array(texts.length);
    partTexts.forEach((text, i) => {
      if (ASKED.has(partNames[i])) this.asked[text] = 1;
    });
  }

  /** The core has tokenized a batch of the text, behind `before` tokens of it. */
  take(text: number, before: number): void {
    if (this.asked[text] === 0) return;
    const words = this.core.core.listFigures(this.list) * WORDS;
    if (words === 0) return;
    const listed = new Uint32Array(this.memory.buffer, this.list, words);
    for (let i = 0; i < words; i += WORDS)
      this.read.push(before + listed[i], listed[i + 1], listed[i + 2], listed[i + 3]);
  }

  /** The text is at its end; its bytes, `length` of them, stand in the core's input. */
  end(text: number, length: number): void {
    if (this.read.length >= LEAST_FIGURES * WORDS) this.keep(text, length);
    this.read.length = 0;
  }

  private keep(text: number, length: number): void {
    const { read, kept } = this;
    const from = this.core.input;
    const bytes = this.core.bytes(from, length + 3);
    const values: string[] = [];
    for (let i = 0; i < read.length; i += WORDS) {
      const [start, end] = [read[i + 1] - from, read[i + 2] - from];
      kept.places.push(read[i]);
      kept.hashes.push(read[i + 3]);
      kept.signs.push(signOf(bytes, start, end));
      values.push(ascii(bytes, start, end));
    }
    for (const bits of bitsOfFigures(values)) kept.bits.push(bits);
    kept.texts.push(text);
    kept.offsets.push(kept.hashes.length);
  }
}

/** A figure has a digit or three as a rule: reading these one by one makes no object. */
function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]);
  return text;
}
