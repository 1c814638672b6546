import { gunzipSync } from 'node:zlib';
import type { Compressors } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ZSTDDecoder } from 'zstddec/stream';

/**
 * hyparquet's codecs, two of them replaced: its zstd (fzstd) is slow and known to give wrong bytes for wide windows, its
 * gzip slower than Node's.
 */
export async function parquetCodecs(): Promise<Compressors> {
  const zstd = new ZSTDDecoder();
  await zstd.init();
  return {
    ...compressors,
    GZIP: (input, length) => exactly(gunzipSync(input), length),
    // Here decode() is safe: a Parquet page tells its length, and a failed decode gives another.
    ZSTD: (input, length) => exactly(zstd.decode(input, length), length),
  };
}

function exactly(output: Uint8Array, length: number): Uint8Array {
  if (output.length !== length) throw new Error('a compressed page is damaged');
  return output;
}
