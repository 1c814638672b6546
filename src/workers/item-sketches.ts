import { HashCore } from '../hashcore/hash-core.js';
import { writeTextTables } from '../hashcore/layout.js';
import { compileCore, createMemory } from '../hashcore/load.js';
import { SketchCore } from '../hashcore/sketch-core.js';
import { LEAST_NEAR_TOKENS } from '../judge/near-record.js';
import type { Item } from '../model/benchmark.js';
import { jaccardOf, sharedCount } from '../neardup/jaccard.js';
import type { TextSketch } from '../store/record-look-up.js';
import { sketchOf } from '../store/record-scheme.js';
import type { RecordScheme } from '../store/record-scheme.js';
import { decodeSignature, encodeSignature } from '../store/signature-code.js';
import { loadProfile } from '../text/profile.js';
import { wholesOf } from './item-wholes.js';
import type { ItemWhole } from './item-wholes.js';

/** Whole items as an index keeps records, those with words enough, in the order of the items. */
export class ItemSketches {
  readonly wholes: readonly ItemWhole[];
  readonly sketches: readonly TextSketch[];
  private readonly core: SketchCore;
  private readonly ofItem = new Map<number, ItemWhole[]>();

  constructor(items: readonly Item[], scheme: RecordScheme) {
    const memory = createMemory();
    const text = writeTextTables(memory, loadProfile(1).unicode);
    this.core = new SketchCore(new HashCore({ module: compileCore(), memory, text }), memory, sketchOf(scheme));
    const wholes: ItemWhole[] = [];
    const sketches: TextSketch[] = [];
    for (const whole of wholesOf(items)) {
      const signature = this.signatureOf(whole.text);
      if (this.core.row(0).tokens < LEAST_NEAR_TOKENS) continue;
      const keys = [...this.core.bandKeys(0)].filter((_, i) => i % 2 === 1);
      sketches.push({ keys, values: decodeSignature(encodeSignature(signature)) });
      wholes.push(whole);
      const own = this.ofItem.get(whole.item);
      if (own) own.push(whole);
      else this.ofItem.set(whole.item, [whole]);
    }
    this.wholes = wholes;
    this.sketches = sketches;
  }

  /** Items that can be looked up. */
  get items(): number {
    return this.ofItem.size;
  }

  /** Whether a text is the record whose signature has this code. */
  isRecord(text: string, code: Uint8Array): boolean {
    return Buffer.compare(encodeSignature(this.signatureOf(text)), code) === 0;
  }

  shinglesOf(text: string): Float64Array {
    return this.core.shinglesOf(text);
  }

  /** Which parts of an item together are most like a text, counted exactly. */
  likest(item: number, shingles: Float64Array): { readonly parts: string; readonly jaccard: number } {
    let best = { parts: '', jaccard: -1 };
    for (const { parts, text } of this.ofItem.get(item) ?? []) {
      const own = this.core.shinglesOf(text);
      const jaccard = jaccardOf(sharedCount(own, shingles), own.length, shingles.length);
      if (jaccard > best.jaccard) best = { parts, jaccard };
    }
    return best;
  }

  private signatureOf(text: string): Uint32Array {
    this.core.reset();
    this.core.sketchText(text);
    return this.core.signature(0);
  }
}
