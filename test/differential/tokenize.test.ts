import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../dist/text/tokenize.js';
import { newCore, unicode } from './core.js';

const core = newCore();
const encoder = new TextEncoder();

interface Seen {
  hash: bigint;
  start: number;
  end: number;
}

function kernel(bytes: Uint8Array, json = false): Seen[] {
  core.reserveInput(bytes.length);
  core.bytes(core.input, bytes.length).set(bytes);
  core.terminate(bytes.length);
  // What stands behind the text must not matter.
  core.bytes(core.input + bytes.length, 20).set(encoder.encode('" abc-\\n&amp;<p>é'));
  const seen: Seen[] = [];
  const end = core.input + bytes.length;
  for (let p = core.input; p < end;) {
    const before = p;
    p = core.core.tokenize(p, end, json ? 1 : 0, 2048);
    const list = core.batchHashes();
    const stretch = core.lastBatch();
    list.forEach((hash, i) =>
      seen.push({ hash, start: stretch.starts[i] - core.input, end: stretch.ends[i] - core.input }),
    );
    expect(p).toBeGreaterThan(before);
  }
  return seen;
}

function twin(bytes: Uint8Array, json = false): Seen[] {
  return [...tokenize(bytes, unicode, 0, bytes.length, json)].map(({ hash, start, end }) => ({ hash, start, end }));
}

/** Pieces that meet the lexer's every rule, glued together at random. */
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(' ', '  ', '\n', '-\n', '- \n  ', '-\r\n', '.', ', ', '_', '"', "'", '/', '\t'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...[
        '\\',
        '\\\\',
        '\\n',
        '\\t',
        '\\u00e9',
        '\\ud83d\\ude00',
        '\\u003cp\\u003e',
        '\\u0026eacute;',
        '\\u00',
        '\\ud83d',
      ],
      ...[
        '\\textbf{',
        '\\begin{problem}',
        '\\end{x*}',
        '\\nabla',
        '\\frac',
        '\\left',
        '-\\n',
        '-\\r\\n',
        '-\\t\\n',
        '\\"',
      ],
      ...[
        '&amp;',
        '&lt;',
        '&eacute;',
        '&amp;amp;quot;',
        '&#233;',
        '&#xe9;',
        '&#x;',
        '&foo;',
        '&',
        '&#99999999;',
        '&nbsp;',
      ],
      ...[
        '<p>',
        '</p>',
        '<p class="q">',
        '<\\/p>',
        '<br/>',
        '<b && c>',
        '<',
        '<x>',
        '<P CLASS=q\\n>',
        '<b and c = 3 then d >',
        '<p id=x y>',
        '<br >',
        '<i =>',
        '<a\\nhref=\\"x\\">',
      ],
      ...[
        'é',
        'e\u0301',
        'ß',
        'ﬁ',
        '漢字',
        'かが',
        'ไทย',
        '한국',
        'Ｆｕｌｌ',
        'а',
        '\u200b',
        '\u00ad',
        '‐\n',
        '😀',
        '𝐁',
        'ẞ',
        '㍻',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.integer({ min: 240, max: 270 }).map((n) => 'x'.repeat(n)) },
);
const text = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

describe('the tokenizer kernel and its plain twin', () => {
  it('see the same tokens in any text', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (t, json) => {
        const bytes = encoder.encode(t);
        expect(kernel(bytes, json)).toEqual(twin(bytes, json));
      }),
      { numRuns: 3000 },
    );
  });

  it('see the same tokens in any bytes, valid UTF-8 or not', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(kernel(bytes)).toEqual(twin(bytes));
      }),
      { numRuns: 3000 },
    );
  });

  it('give the tokens of a text for the inside of its JSON string, ASCII-escaped or not', () => {
    const words = (seen: Seen[]): bigint[] => seen.map((s) => s.hash);
    fc.assert(
      fc.property(text, (t) => {
        // How far a tag may reach is counted in bytes as they are written.
        fc.pre(!/<[^>]{200,}/u.test(t));
        const plain = words(kernel(encoder.encode(t.toWellFormed())));
        const inside = JSON.stringify(t.toWellFormed()).slice(1, -1);
        expect(words(kernel(encoder.encode(inside), true))).toEqual(plain);
        const ascii = inside.replace(/[\u0080-\uffff]/g, (c) => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));
        expect(words(kernel(encoder.encode(ascii), true))).toEqual(plain);
      }),
      { numRuns: 3000 },
    );
  });

  it('can be split between any two tokens without changing a token', () => {
    fc.assert(
      fc.property(text, (t) => {
        const bytes = encoder.encode(t);
        const whole = kernel(bytes);
        for (const token of whole) {
          const rest = twin(bytes.subarray(token.start)).map((s) => s.hash);
          expect(rest.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
