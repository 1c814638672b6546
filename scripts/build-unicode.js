// Generates src/text/profile-1/unicode.txt, the frozen folding table of text profile 1, from the
// Unicode data inside this Node. A maintainer runs it once per profile and commits the result:
//
//     node scripts/build-unicode.js
//
// It is not part of the build. Engines carry different Unicode versions, so the committed text,
// not this script, is the definition of the profile; a change of that text needs a new profile.

import { writeFileSync } from 'node:fs';

const SEPARATOR = 0;
const WORD = 1;
const SINGLE = 2;
const IGNORED = 3;

/** @type {Map<number, number[]>} Looked up before compatibility decomposition. */
const beforeDecomposition = new Map();
/** @type {Map<number, number[]>} Looked up after it, before lower-casing: capitals included. */
const byLook = new Map();

const codePoints = (text) => Array.from(text, (char) => char.codePointAt(0));

/** Pairs such as 'оo' (look-alike, then what it folds to), separated by spaces. */
function pairs(target, list) {
  for (const pair of list.trim().split(/\s+/u)) {
    const [from, ...to] = codePoints(pair);
    if (target.has(from)) throw new Error(`listed twice: ${pair}`);
    target.set(from, to);
  }
}

/** Pairs for letters whose capital and small form fold alike; the small form is listed. */
function casePairs(list) {
  pairs(byLook, list);
  for (const pair of list.trim().split(/\s+/u)) {
    const [from, ...to] = Array.from(pair);
    const upper = from.toUpperCase();
    if (upper === from || codePoints(upper).length !== 1) continue;
    if (!byLook.has(upper.codePointAt(0))) byLook.set(upper.codePointAt(0), codePoints(to.join('')));
  }
}

function run(target, first, last, toOf) {
  for (let cp = first; cp <= last; cp++) target.set(cp, codePoints(String(toOf(cp - first))));
}

// Latin letters that have no decomposition but a customary spelling in plain ASCII.
casePairs('ßss æae œoe øo łl đd ðd þth ıi ŋn ħh ŧt ſs');

// Latin letters with a bar ("struck-through" fonts), likewise without a decomposition.
casePairs('ⱥa ƀb ȼc ɇe ǥg ɨi ɉj ꝁk ƚl ɵo ᵽp ꝗq ɍr ꞩs ⱦt ʉu ɏy ƶz');

// IPA and Latin extensions that look like a basic letter.
casePairs('ɑa ƅb ɡg ɩi ȷj ĸk');
pairs(byLook, 'ǀl');

// Small capitals ("ꜱᴍᴀʟʟ ᴄᴀᴘꜱ" fonts). There is none for x.
casePairs('ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz');

// Cyrillic, by the look of the small or of the capital letter; both cases fold alike.
casePairs('аa вb ьb сc ԁd еe һh нh іi јj кk ӏl мm оo рp ԛq ѕs тt ѵv ԝw хx уy үy ӕae');

// Cyrillic variant forms, which have no decomposition to the letter.
pairs(byLook, 'ᲀb ᲁд ᲂo ᲃc ᲄt ᲅt ᲆъ ᲇѣ ᲈꙋ');

// Greek, where capital and small letter look like the same Latin letter or only one of them does.
casePairs('αa βb εe ϝf ιi ϳj κk οo ρp τt χx ζz');
// Greek, where the two look like different letters: each folds by its own look.
pairs(byLook, 'Νn νv Ηh ηn Υy υu');
// Capital mu is an M. Small mu stays, or 5 µm would become 5 mm.
pairs(byLook, 'Μm Ϻm ϻm');
// Final sigma.
pairs(byLook, 'ςσ');
// Lunate sigma decomposes to sigma, but what is seen is a c.
pairs(beforeDecomposition, 'ϲc Ϲc');

// Armenian.
casePairs('օo սu հh ոn ցg զq տs լl');

// Coptic.
casePairs('ⲁa ⲃb ⲉe ⲅr ⲏh ⲓi ⲕk ⲙm ⲛn ⲟo ⲣp ⲥc ⲧt ⲩy ⲭx ⲍz');

// Cherokee (the small letters are scaled capitals).
casePairs('ꭰd ꭱr ꭲt ꭵi ꭹy ꭺa ꭻj ꭼe ꮃw ꮇm ꮋh ꮐg ꮓz ꮟb ꮢr ꮤw ꮥs ꮩv ꮪs ꮮl ꮯc ꮲp ꮶk ꮷd ᏼb');
for (const [cp, to] of [...byLook]) {
  const lower = String.fromCodePoint(cp).toLowerCase().codePointAt(0);
  if (/\p{Script=Cherokee}/u.test(String.fromCodePoint(cp)) && !byLook.has(lower)) byLook.set(lower, to);
}

// Lisu, whose letters are Latin capitals.
pairs(byLook, 'ꓐb ꓑp ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz ꓝf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲi ꓳo ꓴu');

// White-on-black circled and squared letters, and circled digits, which do not decompose.
const letter = (n) => String.fromCharCode(0x61 + n);
run(beforeDecomposition, 0x1f150, 0x1f169, letter);
run(beforeDecomposition, 0x1f170, 0x1f189, letter);
run(beforeDecomposition, 0x2776, 0x277f, (n) => n + 1);
run(beforeDecomposition, 0x2780, 0x2789, (n) => n + 1);
run(beforeDecomposition, 0x278a, 0x2793, (n) => n + 1);
run(beforeDecomposition, 0x24eb, 0x24f4, (n) => n + 11);
run(beforeDecomposition, 0x24f5, 0x24fe, (n) => n + 1);
run(beforeDecomposition, 0x24ff, 0x24ff, () => 0);

// Letters by category, but apostrophes, quotes and accents by use: ʹ–ʿ, ˆ–ˑ, ˬ, ˮ and the saltillo.
const punctuationLetter = /[\u02b9-\u02bf\u02c6-\u02d1\u02ec\u02ee\ua78b\ua78c]/u;

// Invisible characters, and the Arabic and N'Ko lengthening strokes.
const ignorable = /[\p{Default_Ignorable_Code_Point}\u0640\u07fa]/u;

// Marks that are spelling or pronunciation aids rather than letters; the marks of other scripts
// (Indic vowel signs, Thai vowels and tones, …) carry the word and stay.
const droppedMark =
  /(?=\p{M})[\p{Script=Inherited}\p{Script=Common}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Hiragana}\p{Script=Katakana}]/u;

// Radicals (⺀…) are symbols by category, but text extracted from PDF has them in place of ideographs.
const wordLike = /[\p{L}\p{N}\p{M}\u2e80-\u2e99\u2e9b-\u2ef3]/u;

const singleScript =
  /[\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script_Extensions=Bopomofo}\p{Script_Extensions=Thai}\p{Script_Extensions=Lao}\p{Script_Extensions=Khmer}\p{Script_Extensions=Myanmar}]/u;

function step(cp) {
  const early = beforeDecomposition.get(cp);
  if (early !== undefined) return early;
  return codePoints(String.fromCodePoint(cp).normalize('NFKD')).flatMap((part) => {
    const char = String.fromCodePoint(part);
    if (ignorable.test(char) || droppedMark.test(char)) return [];
    return byLook.get(part) ?? codePoints(char.toLowerCase());
  });
}

/** @returns {{ class: number, folding: number[] }} */
function fold(cp) {
  if (cp >= 0xd800 && cp <= 0xdfff) return { class: SEPARATOR, folding: [] };
  let all = [cp];
  for (;;) {
    const next = all.flatMap(step);
    if (next.join() === all.join()) break;
    all = next;
  }
  if (all.length === 0) return { class: IGNORED, folding: [] };
  const folding = all.filter((part) => {
    const char = String.fromCodePoint(part);
    return wordLike.test(char) && !punctuationLetter.test(char);
  });
  if (folding.length === 0) return { class: SEPARATOR, folding };
  const single = singleScript.test(String.fromCodePoint(folding[0]));
  return { class: single ? SINGLE : WORD, folding };
}

const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;
const hex = (cp) => cp.toString(16).toUpperCase().padStart(4, '0');

function table() {
  const lines = [];
  let start = -1;
  let last = -1;
  let runClass = -1;
  let delta = 0;
  const flush = () => {
    if (start < 0) return;
    const range = start === last ? hex(start) : `${hex(start)}-${hex(last)}`;
    let to = '';
    if (runClass !== IGNORED && delta !== 0) {
      if (start === last) to = ` ${hex(start + delta)}`;
      else to = ` ${delta < 0 ? '-' : '+'}${Math.abs(delta).toString(16).toUpperCase()}`;
    }
    lines.push(`${range} ${runClass}${to}`);
    start = -1;
  };
  for (let cp = 0; cp <= 0x10ffff; cp++) {
    if (cp === HANGUL_FIRST) {
      flush();
      lines.push(`${hex(HANGUL_FIRST)}-${hex(HANGUL_LAST)} ${WORD} hangul`);
    }
    if (cp >= HANGUL_FIRST && cp <= HANGUL_LAST) continue;
    const entry = fold(cp);
    if (entry.class === SEPARATOR) {
      flush();
    } else if (entry.folding.length > 1) {
      flush();
      lines.push(`${hex(cp)} ${entry.class} ${entry.folding.map(hex).join(' ')}`);
    } else {
      const d = entry.class === IGNORED ? 0 : entry.folding[0] - cp;
      if (start < 0 || entry.class !== runClass || d !== delta) {
        flush();
        start = cp;
        runClass = entry.class;
        delta = d;
      }
      last = cp;
    }
  }
  flush();
  return lines;
}

const lines = table();
const header = `# heldout text profile 1: class and folding of every code point. Frozen: never edit, never regenerate.
# Generated by scripts/build-unicode.js from Unicode ${process.versions.unicode} (ICU ${process.versions.icu}).
#
# Classes: 1 word, 2 token of its own, 3 ignored; a code point not listed is 0, a separator.
#   CP CLASS              folds to itself (class 3: to nothing)
#   CP CLASS TO [TO ...]  folds to these code points
#   FIRST-LAST CLASS      every one folds to itself (class 3: to nothing)
#   FIRST-LAST CLASS +D   every one folds to itself plus D (or minus D), hexadecimal
#   FIRST-LAST 1 hangul   syllables, folding to their conjoining jamo
#   end N                 the last line: N lines came before it, hexadecimal, not counting these
`;
const text = `${header}${lines.join('\n')}\nend ${lines.length.toString(16).toUpperCase()}\n`;
writeFileSync(new URL('../src/text/profile-1/unicode.txt', import.meta.url), text);
console.log(`${lines.length} lines, ${Buffer.byteLength(text)} bytes`);
