import { existsSync, readFileSync } from 'node:fs';
import { HeldoutError, messageOf } from '../model/errors.js';
import type { IndexManifest } from '../model/index-manifest.js';
import { canonicalJson, digestOf } from '../report/digest.js';
import type { Digester } from '../report/digest.js';
import { damaged } from './column-reader.js';
import { writeDurably } from './durable.js';
import { RECORD_SCHEME } from './record-scheme.js';

export const MANIFEST = 'manifest.json';

/** Written last: a folder without it is no index. */
export function writeManifest(
  folder: string,
  content: Omit<IndexManifest, 'format' | 'version' | 'xxh64'>,
  digester: Digester,
): IndexManifest {
  const whole = { format: 'heldout-index', version: content.records ? 2 : 1, ...content } as const;
  const manifest: IndexManifest = { ...whole, xxh64: digestOf(whole, digester) };
  writeDurably(`${folder}/${MANIFEST}`, written(manifest));
  return manifest;
}

/** To the byte: a manifest that is laid out otherwise was not written by this. */
function written(manifest: object): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

export function readManifest(folder: string, digester: Digester): IndexManifest {
  const path = `${folder}/${MANIFEST}`;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const message = existsSync(`${folder}/plan.json`)
      ? `${folder}: an index that was never finished. Finish it by heldout index --resume.`
      : `${folder}: no index: ${path} cannot be read: ${messageOf(cause)}. An index is a folder that heldout index made.`;
    throw new HeldoutError('index', message, { cause });
  }
  const value = parse(text, path);
  if (!isObject(value) || value['format'] !== 'heldout-index')
    throw new HeldoutError('index', `${path}: this is no index of heldout.`);
  if (value['version'] !== 1 && value['version'] !== 2)
    throw new HeldoutError(
      'index',
      `${path}: an index of version ${String(value['version'])}; this heldout reads versions 1 and 2. Use a newer heldout for it.`,
    );
  const { xxh64, ...content } = value;
  if (xxh64 !== digestOf(content, digester) || text !== written(value) || !isManifest(value))
    throw damaged(path, 'the manifest does not fit its digest: it was changed or cut');
  return value;
}

/** Whether a folder claims to be an index, of whatever version and health: finished, cut short, or never finished. */
export function looksLikeIndex(folder: string): boolean {
  const begins = (name: string, text: string): boolean => {
    try {
      return readFileSync(`${folder}/${name}`, 'utf8').slice(0, 200).includes(text);
    } catch {
      return false;
    }
  };
  return (
    begins(MANIFEST, '"heldout-index"') || begins('plan.json', '"heldout-build"') || existsSync(`${folder}/keys.column`)
  );
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw damaged(path, `the manifest is not JSON: ${messageOf(cause)}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Its digest fits, so it is as it was written; this guards against what was written by something else. */
function isManifest(value: object): value is IndexManifest {
  const of = (name: string): unknown => (value as Record<string, unknown>)[name];
  const numbers = ['profile', 'keyBits', 'keys', 'occurrences', 'locations', 'locationsPerKey', 'blocks'];
  const prints = of('fingerprints');
  const totals = of('totals');
  const parts = of('parts');
  return (
    numbers.every((name) => Number.isSafeInteger(of(name)) && Number(of(name)) >= 0) &&
    Number(of('keyBits')) >= 16 &&
    Number(of('keyBits')) <= 64 &&
    Number(of('locationsPerKey')) <= 1024 &&
    isObject(prints) &&
    isObject(prints['words']) &&
    isObject(prints['singles']) &&
    isObject(totals) &&
    isObject(of('settings')) &&
    (of('version') === 2) === isRecords(of('records')) &&
    Array.isArray(of('sources')) &&
    Array.isArray(of('unread')) &&
    Array.isArray(parts) &&
    parts.every(
      (part) => isObject(part) && /^[\w.]+$/.test(String(part['name'])) && Number.isSafeInteger(part['bytes']),
    )
  );
}

/** Whether they are kept in the one way that there is. */
function isRecords(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { records, ...scheme } = value;
  return (
    Number.isSafeInteger(records) && Number(records) >= 0 && canonicalJson(scheme) === canonicalJson(RECORD_SCHEME)
  );
}
