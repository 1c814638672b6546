import type { Container } from '../model/input.js';
import { markLength } from './lines.js';
import { looksLikeTable } from './sniff-table.js';
import { isParquet } from './sniff-magic.js';
import { WRAPPER_FIELDS } from './wrapper-fields.js';

/** Names that promise text, whatever a line of it may look like. */
const TEXT_NAME =
  /\.(txt|text|md|markdown|mdx|rst|tex|bib|html?|xml|xhtml|ya?ml|toml|ini|cfg|conf|log|py|pyi|js|mjs|cjs|ts|tsx|jsx|java|kt|scala|c|h|cc|cpp|cxx|hpp|cs|go|rs|rb|php|pl|pm|sh|bash|zsh|sql|r|jl|lua|swift|m|hs|ml|clj|ex|erl|f90|css|scss|vue|svelte|tf|diff|patch|po|srt|vtt|org|adoc)$/i;
const COMPRESSED_NAME = /\.(gz|gzip|zst|zstd|bz2|xz)$/i;

/** The container a head of decompressed bytes shows. `whole`: the head is all there is. */
export function containerOf(head: Uint8Array, whole: boolean, path: string): Container {
  const name = path.replace(COMPRESSED_NAME, '');
  if (isParquet(head)) return 'parquet';
  const text = Buffer.from(head.subarray(markLength(head))).toString('utf8');
  const start = text.trimStart();
  if (start === '') return byName(name);
  const byContent = start[0] === '{' || start[0] === '[' ? jsonKind(start, whole, name) : undefined;
  if (byContent !== undefined) return byContent;
  if (jsonLineShare(text, whole) >= 0.5) return 'jsonl';
  if (TEXT_NAME.test(name)) return 'text';
  if (/\.(jsonl|ndjson)$/i.test(name) && start[0] === '{') return 'jsonl';
  return looksLikeTable(text, whole, name) ?? 'text';
}

/** Where there is nothing to see. */
function byName(name: string): Container {
  if (/\.(jsonl|ndjson)$/i.test(name)) return 'jsonl';
  if (/\.json$/i.test(name)) return 'json';
  if (/\.csv$/i.test(name)) return 'csv';
  if (/\.(tsv|tab)$/i.test(name)) return 'tsv';
  if (/\.parquet$/i.test(name)) return 'parquet';
  return 'text';
}

/** JSON lines, one JSON value over several lines, or (undefined) something that only begins like JSON. */
function jsonKind(start: string, whole: boolean, name: string): Container | undefined {
  const end = start.indexOf('\n');
  const first = (end < 0 ? start : start.slice(0, end)).trim();
  const rest = end < 0 ? '' : start.slice(end + 1).trim();
  const value = parsed(first);
  if (value !== undefined && (end >= 0 || whole)) {
    // A single line: an array or a wrapper is one JSON file of many records, anything else one record.
    if (rest === '' && whole && (Array.isArray(value) || isWrapper(value))) return 'json';
    return start[0] === '{' || jsonLineShare(start, whole) >= 0.5 ? 'jsonl' : undefined;
  }
  if (!beginsLikeJson(start)) return undefined;
  // Every line broken, but lines they are.
  if (/\.(jsonl|ndjson)$/i.test(name) && rest[0] === '{') return 'jsonl';
  if (end >= 0 && rest !== '') return jsonLineShare(start, whole) >= 0.5 ? 'jsonl' : jsonBody(start);
  // The first line is longer than the head.
  if (start[0] === '[') return 'json';
  if (/\.(jsonl|ndjson)$/i.test(name)) return 'jsonl';
  return /\.json$/i.test(name) || beginsAsWrapper(start) ? 'json' : 'jsonl';
}

/** One value over several lines: its braces must not close and be followed by prose. */
function jsonBody(start: string): Container | undefined {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < start.length; i++) {
    const c = start[i];
    if (inString) {
      if (c === '\\') i += 1;
      else if (c === '"') inString = false;
      else if (c === '\n') return undefined;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') {
      depth -= 1;
      if (depth === 0) return /^\s*($|[[{])/.test(start.slice(i + 1)) ? 'json' : undefined;
    }
  }
  return 'json';
}

function beginsLikeJson(start: string): boolean {
  return start[0] === '{' ? /^\{\s*("|\}|$)/.test(start) : /^\[\s*([[{"\]]|-?\d|true\b|false\b|null\b|$)/.test(start);
}

/** Share of complete lines that are JSON objects or arrays. */
function jsonLineShare(text: string, whole: boolean): number {
  const lines = text.split('\n');
  if (!whole && lines.length > 1) lines.pop();
  const filled = lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 50);
  const good = filled.filter((line) => (line[0] === '{' || line[0] === '[') && parsed(line) !== undefined);
  return filled.length === 0 ? 0 : good.length / filled.length;
}

function isWrapper(value: object): boolean {
  return Object.entries(value).some(
    ([key, list]) => WRAPPER_FIELDS.has(key) && Array.isArray(list) && isObject(list[0]),
  );
}

/** The same, seen from the beginning of a line that goes on. */
function beginsAsWrapper(start: string): boolean {
  for (const found of start.slice(0, 4096).matchAll(/"(\w+)"\s*:\s*\[\s*\{/g))
    if (WRAPPER_FIELDS.has(found[1])) return true;
  return false;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
