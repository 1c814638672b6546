/** What the core exports for sketching (assembly/sketch.ts, record-rows.ts). Addresses and sizes are bytes, counts are numbers of things. */
export interface SketchExports {
  placeShingles(shingles: number, window: number, letters: number, small: number, smallCapacity: number): void;
  setShingles(ofCharacters: number, length: number, smallBelow: bigint): void;
  placeBins(dense: number, permutations: 0 | 1): void;
  setBins(bins: number, bands: number, rows: number): void;
  placeSketch(rows: number, signatures: number, bands: number, capacity: number, bandCount: number): void;
  sketchReset(): void;
  sketchLines(p: number, end: number): number;
  sketchText(p: number, end: number): void;
  shingleText(p: number, end: number, first: number): number;
  shinglesWritten(): number;
  signShingles(at: number, count: number): void;
  placeRows(rows: number, bands: number, signature: number, capacity: number, bandCount: number): void;
  resetRows(): void;
  readonly rowCount: WebAssembly.Global<'i32'>;
  readonly wordsDigest: WebAssembly.Global<'f64'>;
  readonly sketchRows: WebAssembly.Global<'i32'>;
  readonly sketchLinesPassed: WebAssembly.Global<'i32'>;
  readonly sketchStart: WebAssembly.Global<'i32'>;
  readonly sketchEnd: WebAssembly.Global<'i32'>;
}

/** All of them, by what they are. */
export const SKETCH_EXPORTS: Readonly<Record<keyof SketchExports, 'function' | 'global'>> = {
  placeShingles: 'function',
  setShingles: 'function',
  placeBins: 'function',
  setBins: 'function',
  placeSketch: 'function',
  sketchReset: 'function',
  sketchLines: 'function',
  sketchText: 'function',
  shingleText: 'function',
  shinglesWritten: 'function',
  signShingles: 'function',
  placeRows: 'function',
  resetRows: 'function',
  rowCount: 'global',
  wordsDigest: 'global',
  sketchRows: 'global',
  sketchLinesPassed: 'global',
  sketchStart: 'global',
  sketchEnd: 'global',
};
