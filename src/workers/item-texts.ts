import type { HashCore } from '../hashcore/hash-core.js';
import type { Span } from '../model/match.js';

/** Token numbers of the benchmarks' texts to characters; each text is tokenized once. */
export class ItemTexts {
  private readonly core: HashCore;
  private readonly texts: readonly string[];
  private readonly known = new Map<number, { readonly starts: Uint32Array; readonly ends: Uint32Array }>();

  constructor(core: HashCore, texts: readonly string[]) {
    this.core = core;
    this.texts = texts;
  }

  text(number: number): string {
    return this.texts[number];
  }

  /** The characters of tokens [from, to). */
  span(number: number, from: number, to: number): Span {
    const { starts, ends } = this.tokens(number);
    return [starts[from], ends[Math.max(from, to - 1)]];
  }

  private tokens(number: number): { readonly starts: Uint32Array; readonly ends: Uint32Array } {
    const known = this.known.get(number);
    if (known) return known;
    const text = this.texts[number];
    const { core } = this;
    const bytes = core.writeText(text);
    const { starts, ends } = core.tokens(core.input, core.input + bytes, false);
    const offset = bytes === text.length ? undefined : characterOffsets(text, bytes);
    const inCharacters = (address: number): number => offset?.[address - core.input] ?? address - core.input;
    const found = { starts: starts.map(inCharacters), ends: ends.map(inCharacters) };
    this.known.set(number, found);
    return found;
  }
}

/** The UTF-16 offset of each byte of a text's UTF-8. */
function characterOffsets(text: string, bytes: number): Uint32Array {
  const offsets = new Uint32Array(bytes + 1);
  let byte = 0;
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    offsets.fill(at, byte, byte + length);
    byte += length;
    at += character.length;
  }
  offsets[bytes] = at;
  return offsets;
}
