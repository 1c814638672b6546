import { isUtf8 } from 'node:buffer';

/** A Parquet value as JSON would have it: BigInt as number (as string where that would lose digits), dates as ISO text. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  // Images and sound: no text in them.
  if (ArrayBuffer.isView(value)) return null;
  if (Array.isArray(value)) return (value as unknown[]).map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, plainValue(child)]));
}

/** Turns a file's byte arrays to strings. hyparquet's own way drops a byte-order mark and replaces bad bytes unnoticed. */
export class ParquetText {
  /** Whether some bytes were not UTF-8 and were replaced. */
  sawOtherBytes = false;

  readonly parsers = {
    stringFromBytes: (bytes: Uint8Array | undefined): string | undefined => bytes && this.#decode(bytes),
    jsonFromBytes: (bytes: Uint8Array | undefined): unknown => bytes && jsonOrText(this.#decode(bytes)),
  };

  #decode(bytes: Uint8Array): string {
    if (!isUtf8(bytes)) this.sawOtherBytes = true;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }
}

/** One broken JSON cell must not cost its whole row group. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
