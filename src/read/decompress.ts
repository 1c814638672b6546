import type { Compression } from '../model/input.js';

type Decoder = (raw: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Loaded by the first file that needs one: most runs need none, and every thread would pay for all of them. */
const DECODERS: Readonly<Record<Exclude<Compression, 'none'>, () => Promise<Decoder>>> = {
  gzip: async () => (await import('./gunzip.js')).gunzip,
  zstd: async () => (await import('./unzstd.js')).unzstd,
  bzip2: async () => (await import('./unbzip2.js')).unbzip2,
  xz: async () => (await import('./unxz.js')).unxz,
};

/** Decompresses chunks of any size. Whatever is wrong is thrown as a plain error after the good bytes. */
export function decompress(compression: Compression, raw: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return compression === 'none' ? raw : decoded(DECODERS[compression], raw);
}

async function* decoded(load: () => Promise<Decoder>, raw: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decode = await load();
  yield* decode(raw);
}
