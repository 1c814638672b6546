import type { Digester } from '../report/digest.js';
import { isProof } from './edit.js';
import type { Edit, Knife } from './edit.js';
import type { Layout } from './layout.js';
import type { Removal } from './removals.js';

/** Also the space before a record that went. */
const LINE_END = /[ \t\r\n]*$/;

/**
 * Several records in a line have its number and offset in common, so which of them is meant, only their texts tell. Those go whole, in
 * any mode; the others stay as they are. Undefined where the record has its line for itself, or where one is meant that is not in it.
 */
export function editedOfShared(
  line: Uint8Array,
  { proofs = [] }: Removal,
  layout: Layout,
  { mode, force }: Knife,
  digester: Digester,
): Edit | undefined {
  const records = layout.sharing?.(line);
  if (!records) return undefined;
  const texts = records.map((record) => layout.textOf(record)?.text);
  const isMeant = texts.map((text) => text !== undefined && proofs.some((proof) => isProof(text, proof, digester)));
  const areAllThere =
    proofs.length > 0 &&
    proofs.every((proof) => texts.some((text) => text !== undefined && isProof(text, proof, digester)));
  if (!areAllThere && force) return undefined;
  const why = areAllThere
    ? mode === 'drop'
      ? ''
      : 'it shares its line with others, so it went whole'
    : 'which of the records in its line it is could not be told, so all of them went';
  const kept = areAllThere ? records.filter((_, i) => !isMeant[i]) : [];
  const before = texts.reduce((sum, text, i) => sum + (areAllThere && !isMeant[i] ? 0 : (text?.length ?? 0)), 0);
  const rest = Buffer.concat(kept);
  const bytes = kept.length === 0 ? {} : { bytes: withEndOf(rest, line) };
  return { action: 'dropped', why, stretches: [], before, after: 0, records: records.length - kept.length, ...bytes };
}

/** The line's own end behind what is left of it. */
function withEndOf(rest: Buffer, line: Uint8Array): Uint8Array {
  const [end] = LINE_END.exec(Buffer.from(line).toString('latin1')) ?? [''];
  const [own] = LINE_END.exec(rest.toString('latin1')) ?? [''];
  return own === end ? rest : Buffer.concat([rest.subarray(0, rest.length - own.length), Buffer.from(end)]);
}
