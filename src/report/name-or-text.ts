/** A name of so many words, or characters of a script without spaces, is taken for text: file names may quote a record. */
const TEXT_WORDS = 5;
const TEXT_CHARACTERS = 8;

/**
 * An id is held to more: it is often made of the question. Words of two letters or more: where the id counts on (`mmlu/law/12`) they
 * name a set and its parts; where it does not, two may be what the item asks (`define-sarcasm`).
 */
const COUNTED_ID_WORDS = 4;
const ID_WORDS = 1;
/** Ends in a number, a letter or so behind it, or in a digest. */
const COUNTED = /(\d[a-z]?|[0-9a-f]{8,})$/i;
/** Nobody asks with these. */
const SPLITS = /^(train|training|test|dev|val|valid|validation)$/i;
/** Of any kind. */
const ID_PIECES = 7;
const ID_CHARACTERS = 3;
/** Korean has spaces, but a question without them is no longer than a long word. */
const ID_SYLLABLES = 6;
/** The longest word of an id; longer ones are several, run together. */
const ID_LETTERS = 24;

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

const HANGUL = /\p{Script=Hangul}/gu;

/** A digest, a UUID, or what stands for a name already. */
const HEX = /^(redacted-)?[0-9a-f-]{8,}$/i;

/** Whether a name, or a piece of it, stands for one that may be text (report/redact). */
export function hasStandIn(name: string): boolean {
  return /(^|\/)redacted-[0-9a-f]{16}($|\/)/.test(name);
}

/** Whether a file's or a set's name is so long that it may be text. */
export function mayBeText(name: string): boolean {
  return counted(name, /[\p{L}\p{N}]+/gu) >= TEXT_WORDS || counted(name, UNSPACED) >= TEXT_CHARACTERS;
}

/**
 * Whether an id has the form of one: a number, a digest, one word, or a few that are counted on, without spaces and sentence
 * marks. Anything else may be the question itself, a slug of it or of what it is about, or its words run together.
 */
export function isIdentifier(id: string): boolean {
  if (HEX.test(id)) return true;
  const pieces = id.match(/\p{Lu}*[\p{Ll}\p{Lo}\p{Lm}\p{M}]+|\p{Lu}+|\p{N}+/gu) ?? [];
  const words = pieces.filter((piece) => /\p{L}{2}/u.test(piece) && !SPLITS.test(piece));
  return (
    /^[\p{L}\p{M}\p{N}_./:#@+=~|-]+$/u.test(id) &&
    pieces.length <= ID_PIECES &&
    words.length <= (COUNTED.test(id) ? COUNTED_ID_WORDS : ID_WORDS) &&
    words.every(({ length }) => length <= ID_LETTERS) &&
    counted(id, UNSPACED) <= ID_CHARACTERS &&
    counted(id, HANGUL) <= ID_SYLLABLES
  );
}

function counted(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
