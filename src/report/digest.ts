import xxhash from 'xxhash-wasm';

/** xxh64 of bytes that come in pieces, as 16 hex digits. */
export interface Digest {
  update(bytes: Uint8Array): void;
  hex(): string;
}

export type Digester = () => Digest;

export async function loadDigester(): Promise<Digester> {
  const api = await xxhash();
  return () => {
    const state = api.create64();
    return {
      update: (bytes) => void state.update(bytes),
      hex: () => state.digest().toString(16).padStart(16, '0'),
    };
  };
}

const encoder = new TextEncoder();

/** Digest of a value that does not depend on the order its keys were set in. */
export function digestOf(value: unknown, digester: Digester): string {
  const digest = digester();
  digest.update(encoder.encode(canonicalJson(value)));
  return digest.hex();
}

/** JSON with sorted keys and no spaces; absent keys are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
