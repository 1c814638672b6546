import type { HashCore } from '../hashcore/hash-core.js';
import { BATCH_TOKENS } from '../hashcore/layout.js';
import { allocate } from '../hashcore/load.js';
import { weigh } from '../text/weights.js';
import type { WeightTable } from '../text/weights.js';
import type { FigureReader } from './figure-reader.js';

/** Tokens of all texts, one behind another, in memory that threads share. */
export interface TextTokens {
  readonly textOffsets: Uint32Array;
  readonly hashes: Uint32Array;
  readonly weights: Uint8Array;
}

/** Tokens of some texts on their way into the gram table. */
export interface TokenBlock {
  /** 64-bit hashes as the core has them: low word, high word. */
  readonly hashes: Uint32Array;
  /**
   * Pairs of text and number of tokens: stretches within which grams are looked for, one behind another. A text is one
   * such run, or as many as it takes batches: the grams across their edges are left out, it has thousands of others.
   */
  readonly runs: Uint32Array;
}

/** Tokens in a block; with a batch's on top they have room in `Staging`. */
const BLOCK_TOKENS = 32 * 1024;

/** A stretch of the shared memory through which blocks go to and from the core. */
export class Staging {
  private readonly memory: WebAssembly.Memory;
  readonly hashes: number;
  readonly weights: number;
  readonly runs: number;

  constructor(memory: WebAssembly.Memory) {
    const tokens = BLOCK_TOKENS + BATCH_TOKENS;
    this.memory = memory;
    this.hashes = allocate(memory, tokens * 17);
    this.runs = this.hashes + tokens * 8;
    this.weights = this.runs + tokens * 8;
  }

  /** Puts a block back where the core can read it. */
  write({ hashes, runs }: TokenBlock, weights: Uint8Array): void {
    const { buffer } = this.memory;
    new Uint32Array(buffer, this.hashes, hashes.length).set(hashes);
    new Uint32Array(buffer, this.runs, runs.length).set(runs);
    new Uint8Array(buffer, this.weights, weights.length).set(weights);
  }

  /** A copy of the first `tokens` hashes. */
  read(tokens: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, this.hashes, tokens * 2).slice();
  }
}

/** Tokenizes the texts once. The blocks, together eight bytes a token, are for the gram table; `figures` looks at what goes by. */
export function tokenizeTexts(
  core: HashCore,
  staging: Staging,
  texts: readonly string[],
  table: WeightTable,
  figures: FigureReader,
): { readonly tokens: TextTokens; readonly blocks: TokenBlock[] } {
  const textOffsets = sharedWords(texts.length + 1);
  const blocks = blocksOf(core, staging, texts, figures);
  const hashes = sharedWords(blocks.reduce((sum, block) => sum + block.hashes.length / 2, 0));
  let at = 0;
  for (const block of blocks) {
    for (let i = 0; i < block.hashes.length; i += 2) hashes[at++] = block.hashes[i];
    for (let i = 0; i < block.runs.length; i += 2) textOffsets[block.runs[i] + 1] += block.runs[i + 1];
  }
  for (let text = 0; text < texts.length; text++) textOffsets[text + 1] += textOffsets[text];
  const weights = new Uint8Array(new SharedArrayBuffer(hashes.length));
  weigh(table, hashes, textOffsets, weights);
  return { tokens: { textOffsets, hashes, weights }, blocks };
}

function blocksOf(core: HashCore, staging: Staging, texts: readonly string[], figures: FigureReader): TokenBlock[] {
  const blocks: TokenBlock[] = [];
  let runs: number[] = [];
  let count = 0;
  const finish = (): void => {
    blocks.push({ hashes: staging.read(count), runs: Uint32Array.from(runs) });
    runs = [];
    count = 0;
  };
  texts.forEach((text, number) => {
    const length = core.writeText(text);
    const end = core.input + length;
    let before = 0;
    for (let p = core.input; p < end;) {
      core.redirectHashes(staging.hashes + count * 8);
      p = core.core.tokenize(p, end, 0, BATCH_TOKENS) >>> 0;
      const tokens = core.core.tokenCount.value;
      if (tokens > 0) runs.push(number, tokens);
      figures.take(number, before);
      before += tokens;
      count += tokens;
      if (count >= BLOCK_TOKENS) finish();
    }
    figures.end(number, length);
  });
  finish();
  core.redirectHashes(undefined);
  return blocks;
}

function sharedWords(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}
