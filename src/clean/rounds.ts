import type { InputFile } from '../model/input.js';
import type { Match } from '../model/match.js';
import { readBytes } from '../read/bytes.js';
import { readLines } from '../read/lines.js';
import { rawChunks } from '../read/raw.js';
import type { Digester } from '../report/digest.js';
import type { CorpusFile } from './corpus-files.js';
import { cutOf, isProven, maskOf } from './edit.js';
import type { Cut, Knife } from './edit.js';
import { layoutOfFile } from './file-layout.js';
import type { NewFolder } from './new-folder.js';
import { bareMatch } from './removals.js';
import type { Removal } from './removals.js';
import { rewritten } from './rewrite.js';
import { spanBefore } from './stretches.js';

/** Scans a JSONL file of {id, text} for what the report scanned for. */
export type Rescan = (path: string) => Promise<readonly Match[]>;

/** Rounds of cutting and scanning again; a text that needs more is dropped. 1,302 records of a real corpus needed three. */
const MOST_ROUNDS = 8;

const TEXTS = 'texts.jsonl';
const CUT = 'cut.jsonl';
const MOST_LINE_BYTES = 2 ** 30;

/** A file and what is to be taken out of it. */
export interface FileRemovals {
  readonly file: CorpusFile;
  readonly removals: readonly Removal[];
}

/**
 * Finds what cutting leaves behind. A report names of each item and document the part that is worst; without it another part
 * may be found, or another copy, or another item that the first one explained away. So the texts are cut and scanned again, until
 * nothing is left, and what was found is added to the removals. The corpus is read once for this, its affected texts are kept
 * in the new folder meanwhile.
 */
export async function withRounds(
  files: readonly FileRemovals[],
  knife: Knife,
  digester: Digester,
  folder: NewFolder,
  rescan: Rescan,
  from: 'contaminated' | 'suspect',
): Promise<FileRemovals[]> {
  const all = files.flatMap(({ removals }) => removals);
  const numbers = new Map(all.map((removal, i) => [removal, i]));
  await folder.write(TEXTS, textsOf(files, numbers, digester));
  const current: Removal[] = [...all];
  let open = new Set(all.keys());
  for (let round = 1; open.size > 0; round++) {
    const cuts = new Map<number, Cut>();
    await folder.write(CUT, cutTexts(folder.pathOf(TEXTS), current, open, knife, cuts));
    const found = cuts.size === 0 ? [] : await rescan(folder.pathOf(CUT));
    await folder.remove(CUT);
    open = new Set();
    for (const match of found) {
      const number = Number(match.document.id);
      const cut = cuts.get(number);
      const counts = match.verdict === 'contaminated' || (from === 'suspect' && match.verdict === 'suspect');
      if (!cut || !counts) continue;
      current[number] = extended(current[number], match, cut, maskOf(knife).length, round === MOST_ROUNDS);
      if (round < MOST_ROUNDS) open.add(number);
    }
  }
  await folder.remove(TEXTS);
  return files.map(({ file, removals }) => ({
    file,
    removals: removals.map((removal) => current[numbers.get(removal) ?? -1] ?? removal),
  }));
}

/** The removal with a match that was found once the others were out, in the places of the text as it is in the corpus. */
function extended(removal: Removal, match: Match, cut: Cut, maskLength: number, isLast: boolean): Removal {
  const { file, record, offset, id } = removal;
  const spans = match.spans.map((span) => ({
    item: span.item,
    document: spanBefore(span.document, cut.stretches, maskLength),
  }));
  const more = { ...bareMatch(match), document: { file, record, offset, id }, spans };
  return { ...removal, matches: [...removal.matches, more], ...(isLast ? { stubborn: true } : {}) };
}

async function* textsOf(
  files: readonly FileRemovals[],
  numbers: ReadonlyMap<Removal, number>,
  digester: Digester,
): AsyncGenerator<Uint8Array> {
  for (const { file, removals } of files) {
    const input: InputFile = { ...file.scanned, path: file.path };
    const layout = removals.length === 0 ? undefined : await layoutOfFile(file);
    if (!layout || removals.some(({ offset }) => offset < 0)) continue;
    let lines: Buffer[] = [];
    const edit = (bytes: Uint8Array, removal: Removal): { bytes: Uint8Array } => {
      const text = layout.textOf(bytes)?.text;
      if (text !== undefined && isProven(text, removal, digester))
        lines.push(Buffer.from(`${JSON.stringify({ id: String(numbers.get(removal)), text })}\n`));
      return { bytes };
    };
    const passing = rewritten(readBytes(input), removals, layout, edit);
    while ((await passing.next()).done !== true) {
      yield* lines;
      lines = [];
    }
    yield* lines;
  }
}

/** The texts that are still open, cut; `cuts` gets what was cut out of each. */
async function* cutTexts(
  path: string,
  removals: readonly Removal[],
  open: ReadonlySet<number>,
  knife: Knife,
  cuts: Map<number, Cut>,
): AsyncGenerator<Uint8Array> {
  for await (const lines of readLines(rawChunks(path), MOST_LINE_BYTES))
    for (const { bytes } of lines) {
      const { id, text } = JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as { id: string; text: string };
      if (!open.has(Number(id))) continue;
      const cut = cutOf(text, removals[Number(id)], knife);
      if (cut.left < knife.minLength || cut.left === 0) continue;
      cuts.set(Number(id), { ...cut, text: '' });
      yield Buffer.from(`${JSON.stringify({ id, text: cut.text })}\n`);
    }
}
