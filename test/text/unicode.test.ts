import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  CLASS_IGNORED,
  CLASS_SEPARATOR,
  CLASS_SINGLE,
  CLASS_WORD,
  CODE_POINT_MASK,
  EXPANSION_FLAG,
  entryClass,
  entryFolding,
  lookup,
  parseUnicode,
} from '../../dist/text/unicode.js';
import { unicodeBytes, unicodeOf } from '../../dist/text/unicode-bytes.js';

const path = new URL('../../src/text/profile-1/unicode.txt', import.meta.url);
const text = readFileSync(path, 'utf8');
const table = parseUnicode(text);

const codePoints = (s: string): number[] => Array.from(s, (char) => char.codePointAt(0) ?? 0);
const foldingOf = (cp: number): number[] => entryFolding(table, lookup(table, cp));
const classOf = (cp: number): number => entryClass(lookup(table, cp));
const fold = (s: string): string => String.fromCodePoint(...codePoints(s).flatMap(foldingOf));
const classes = (s: string): number[] => codePoints(s).map(classOf);

const hex = (cp: number): string => `U+${cp.toString(16).toUpperCase().padStart(4, '0')}`;

/** Code points (surrogates left out) for which the predicate holds, for a readable failure. */
function where(predicate: (cp: number, char: string) => boolean): string[] {
  const found: string[] = [];
  for (let cp = 0; cp <= 0x10ffff; cp++) {
    if (cp >= 0xd800 && cp <= 0xdfff) continue;
    if (predicate(cp, String.fromCodePoint(cp))) found.push(hex(cp));
  }
  return found;
}

/** Newer engines know more code points than the profile; those are not compared. */
const inProfile = (cp: number): boolean => classOf(cp) !== CLASS_SEPARATOR;

describe('the frozen text', () => {
  test('is the one profile 1 was published with', () => {
    const digest = createHash('sha256').update(text).digest('hex');
    expect(digest).toBe('b1ff83334e4dbe12c9e6fb5e52275b1f220e4f98ed61efed83b445501a142ccf');
  });

  test('makes a table of bounded size', () => {
    expect(table.blockIndex.length).toBe(0x110000 >> 7);
    expect(table.blocks.length / 128).toBe(1257);
    expect(table.expansions.length).toBeLessThan(48_000);
    expect(Math.max(...table.blockIndex)).toBe(table.blocks.length / 128 - 1);
  });

  test('is read fast enough to be read in every worker', () => {
    const times = Array.from({ length: 10 }, () => {
      const start = performance.now();
      parseUnicode(text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(30);
  });

  test('is refused when damaged', () => {
    const cutShort = text.slice(0, text.lastIndexOf('end'));
    expect(() => parseUnicode(cutShort)).toThrow('cannot be read');
    expect(() => parseUnicode(text.replace('\n0041-005A 1 +20', ''))).toThrow('cannot be read');
    expect(() => parseUnicode('0041 9\nend 1\n')).toThrow('line 1 cannot be read');
    expect(() => parseUnicode('0041 1\n0041 1\nend 2\n')).toThrow('line 2 cannot be read');
    expect(() => parseUnicode('0041-0040 1\nend 1\n')).toThrow('cannot be read');
    expect(() => parseUnicode('0041 1 110000\nend 1\n')).toThrow('cannot be read');
    expect(() => parseUnicode('0041-0042 1 -50\nend 1\n')).toThrow('cannot be read');
    expect(() => parseUnicode('')).toThrow('cannot be read');
  });
});

describe('invariants over all code points', { timeout: 60_000 }, () => {
  test('folding twice changes nothing', () => {
    expect(
      where((cp) => {
        const once = foldingOf(cp);
        return once.flatMap(foldingOf).join() !== once.join();
      }),
    ).toEqual([]);
  });

  test('what a code point folds to is word or single', () => {
    expect(where((cp) => foldingOf(cp).some((to) => ![CLASS_WORD, CLASS_SINGLE].includes(classOf(to))))).toEqual([]);
  });

  test('the class is that of the first folded code point, and only those fold to something', () => {
    expect(
      where((cp) => {
        const folding = foldingOf(cp);
        const kind = classOf(cp);
        if (folding.length === 0) return kind === CLASS_WORD || kind === CLASS_SINGLE;
        return kind !== classOf(folding[0]);
      }),
    ).toEqual([]);
  });

  test('only dates written as one character mix digits with a token of its own', () => {
    const mixed = where((cp) => new Set(foldingOf(cp).map(classOf)).size > 1);
    expect(mixed).toHaveLength(68);
    const dates = /^[\u32c0-\u32cb\u3358-\u3370\u33e0-\u33fe]$/u;
    expect(mixed.filter((cp) => !dates.test(String.fromCodePoint(Number(`0x${cp.slice(2)}`))))).toEqual([]);
  });

  test('an expansion has 2 to 18 code points', () => {
    expect(
      where((cp) => {
        const entry = lookup(table, cp);
        if ((entry & EXPANSION_FLAG) === 0) return false;
        const length = table.expansions[entry & CODE_POINT_MASK];
        return length < 2 || length > 18;
      }),
    ).toEqual([]);
  });

  test('surrogates separate', () => {
    for (let cp = 0xd800; cp <= 0xdfff; cp++) expect(lookup(table, cp)).toBe(0);
  });
});

describe('against the engine', { timeout: 60_000 }, () => {
  // Greek letters whose capital and small form look like different Latin letters, and lunate sigma.
  const byLook = /[ΗηΜμΝνΥυ]/u;
  const lunateSigma = /[ϲϹ]/u;
  // An iota below is dropped as a mark, but becomes a letter in capitals.
  const iotaBelow = /\u0345/u;

  test('capital and small letters fold alike, but for Greek letters mapped by look', () => {
    expect(
      where((_, char) => {
        const lower = char.toLowerCase();
        const upper = char.toUpperCase();
        if (lower === char && upper === char) return false;
        const bases = (char + lower + upper).normalize('NFKD');
        if (byLook.test(bases) || iotaBelow.test(bases) || lunateSigma.test(char)) return false;
        if (!codePoints(char + lower + upper).every(inProfile)) return false;
        return fold(lower) !== fold(char) || fold(upper) !== fold(char);
      }),
    ).toEqual([]);
  });

  test('canonically and compatibility equal texts fold alike', () => {
    const listed = /[\u24eb-\u24ff\u2776-\u2793\u{1f150}-\u{1f189}]/u;
    expect(
      where((cp, char) => {
        if (lunateSigma.test(char) || listed.test(char)) return false;
        const forms = (['NFC', 'NFD', 'NFKC', 'NFKD'] as const).map((form) => char.normalize(form));
        return inProfile(cp) && forms.some((form) => fold(form) !== fold(char));
      }),
    ).toEqual([]);
  });

  test('letters outside the special lists fold as decomposing and lower-casing does', () => {
    const marks = /[\p{Script=Inherited}\p{Script=Cyrillic}\p{Script=Hebrew}]/gu;
    const simple = (char: string): string => {
      const bare = (s: string): string => s.normalize('NFKD').replace(marks, '');
      return bare(bare(char).toLowerCase());
    };
    const scripts =
      /^(?=\p{L})[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Georgian}\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Ethiopic}\p{Script=Deseret}\p{Script=Adlam}]$/u;
    const invisible = /^[\u115f\u1160\u3164\uffa0]$/u;
    expect(
      where((cp, char) => inProfile(cp) && scripts.test(char) && !invisible.test(char) && fold(char) !== simple(char)),
    ).toEqual([]);
    const basic = (char: string): boolean => /^[a-z]+$/.test(simple(char));
    expect(where((_, char) => /^\p{L}$/u.test(char) && basic(char) && fold(char) !== simple(char))).toEqual([]);
  });

  test('the Unicode rules decide what is part of a word', () => {
    const apostrophes = /^[ \p{M}\u02b9-\u02bf\u02c6-\u02d1\u02ec\u02ee\u0374\ua78b\ua78c]+$/u;
    const invisible = /^[\p{M}\p{Default_Ignorable_Code_Point}\u0640\u07fa]+$/u;
    if (Number(process.versions.unicode) <= 17) {
      expect(
        where(
          (cp, char) => /^[\p{L}\p{N}]$/u.test(char) && !inProfile(cp) && !apostrophes.test(char.normalize('NFKD')),
        ),
      ).toEqual([]);
    }
    expect(where((cp, char) => classOf(cp) === CLASS_IGNORED && !invisible.test(char.normalize('NFKD')))).toEqual([]);
    expect(classes('\u02b9\u02bc\u02bf\u02c6\u02c8\u02d1\u0374\ua78c').every((kind) => kind === CLASS_SEPARATOR)).toBe(
      true,
    );
    expect(
      where((cp, char) => /^\p{Default_Ignorable_Code_Point}$/u.test(char) && classOf(cp) !== CLASS_IGNORED),
    ).toEqual([]);
  });
});

describe('examples', () => {
  test.each([
    ['ASCII', 'The QUICK fox 42', 'thequickfox42'],
    ['accents', 'Éé Ññ Åå Ǿ Ơ', 'eennaaoo'],
    ['accents written apart', 'e\u0301', 'e'],
    ['full width', 'Ｈｅｌｌｏ１２', 'hello12'],
    ['ligatures', 'ﬁ ﬂ ﬃ ﬆ Ǆ ŉ', 'fiflffistdzn'],
    ['Latin letters that do not decompose', 'ß ẞ æ Œ ø Ł đ Ð þ ı ŋ ħ ŧ ſ', 'ssssaeoeolddthinhts'],
    ['Turkish capital', 'İ', 'i'],
    ['mathematical letters', '𝐀𝑏ℂ𝔡𝟘', 'abcd0'],
    ['circled and squared', 'Ⓐⓑ🄲🅓🅴①❷➂', 'abcde123'],
    ['super- and subscripts, units', 'x²₃ ㎏ ℃', 'x23kgc'],
    ['fractions and numbers in brackets', '½ ⑴ ⒛', '12120'],
    ['small capitals', 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnopqrstuvwyz'],
    ['bars', 'Ⱥƀȼɨƶ', 'abciz'],
    ['Cyrillic look-alikes', 'асеорхуіјѕԁһԛԝѵӏ', 'aceopxyijsdhqwvl'],
    ['Cyrillic capital look-alikes', 'АВЕКМНОРСТХУІЈЅ', 'abekmhopctxyijs'],
    ['Greek look-alikes', 'αοενρκτιχυη', 'aoevpktixun'],
    ['Greek capital look-alikes', 'ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'abezhikmnoptyx'],
    ['other look-alikes', 'ɡɑɩ օսհոց Ꭰꭰ ꓐꓡ ⲟⲅ ϲϳ', 'gaiouhngddblorcj'],
    ['Cyrillic words keep their other letters', 'Йод ЁЖИК', 'иoдeжиk'],
    ['Greek words keep their other letters', 'Σίσυφος 5 µm', 'σiσuφoσ5μm'],
    ['kana', 'がガパｶﾞ', 'かカハカ'],
    ['Hangul', '한글', '한글'.normalize('NFD')],
    ['Hangul letters', 'ㄱﾡ', '\u1100\u1100'],
    ['squared words', '㈱ ㍻ ㏠ ㌔', '株平成1日キロ'],
    ['Arabic vowels and lengthening', 'كِتَـــاب', 'كتاب'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['Indic vowel signs stay', 'हिन्दी', 'हिन्दी'],
    ['Thai', 'น้ำ', 'น้ํา'],
    ['apostrophes of any kind', "don't donʼt", 'dontdont'],
  ])('%s', (_, from, to) => {
    expect(fold(from)).toBe(to);
  });

  test('classes', () => {
    expect(classes('aZ9éжकि한ΩༀⅣ½')).toEqual(codePoints('aZ9éжकि한ΩༀⅣ½').map(() => CLASS_WORD));
    const singles = '漢\u{20000}\uf900ひカｶー々〆〇ㄅไทย่ລາວខ្មែរမြန်မာ㍻⻓';
    expect(classes(singles)).toEqual(codePoints(singles).map(() => CLASS_SINGLE));
    const separators = ' \n\t_-.,\'"’“«»()[]{}…—\u00a0\u3000、。・$€+×∑©😀\u0000\ufffd\ue000་ʼˈ´';
    expect(classes(separators)).toEqual(codePoints(separators).map(() => CLASS_SEPARATOR));
    const ignored =
      '\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2064\u2066\u2069\ufeff\ufe0f\u{e0041}\u{e0100}\u0301\u20e3\u3099\uff9e\u064b\u05b0\u0640\u3164';
    expect(classes(ignored)).toEqual(codePoints(ignored).map(() => CLASS_IGNORED));
  });
});

describe('what programs read at their start', () => {
  const built = readFileSync(new URL('../../dist/text/profile-1/unicode.bin', import.meta.url));

  test("is the text's table", () => {
    expect(unicodeOf(built)).toEqual(table);
  });

  test.each([0, 1, 2, 3])('may begin %d bytes into its buffer', (offset) => {
    const bytes = unicodeBytes(table);
    const moved = new Uint8Array(bytes.length + offset);
    moved.set(bytes, offset);
    expect(unicodeOf(moved.subarray(offset))).toEqual(table);
  });
});
