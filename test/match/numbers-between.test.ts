import { describe, expect, it } from 'vitest';
import { Aligner } from '../../dist/match/align.js';
import { NumberSense } from '../../dist/match/number-sense.js';
import { numbersBetween } from '../../dist/match/numbers-between.js';

/** Hashes of made-up tokens: numerals are their value and 20,000, words any number from 100,000 on. */
const NUMERAL = 20_000;
const numbers = new NumberSense({
  numerals: Uint32Array.from({ length: 10_000 }, (_, value) => NUMERAL + value),
  numberWords: Uint32Array.from([90_007, NUMERAL + 7, 90_020, NUMERAL + 20, 90_005, NUMERAL + 5]),
});
const named = new Map<string, number>([
  ['seven', 90_007],
  ['twenty', 90_020],
  ['five', 90_005],
]);

function tokens(text: string): Uint32Array {
  const hashes = text.split(' ').map((word) => {
    if (/^(0|[1-9]\d*)$/.test(word) && Number(word) < 10_000) return NUMERAL + Number(word);
    const hash = named.get(word) ?? 100_000 + named.size;
    named.set(word, hash);
    return hash;
  });
  return numbers.canonical(Uint32Array.from(hashes));
}

function between(item: string, document: string): { same: string[]; others: number } {
  const [own, there] = [tokens(item), tokens(document)];
  const pieces = new Aligner().align(own, new Uint8Array(own.length).fill(10), there);
  const found = pieces.map(({ pairs }) => numbersBetween(numbers, own, there, pairs));
  return {
    same: found.flatMap(({ same }) => same.map((pair) => `${pair.item}:${pair.document}`)),
    others: found.reduce((sum, { others }) => sum + others.length, 0),
  };
}

const replaced = (item: string, document: string): number => between(item, document).others;

describe('numbers that stand in a document as others', () => {
  it('are counted where the words around them are the same', () => {
    expect(replaced('a train of 90 metres needs 6 seconds', 'a train of 80 metres needs 6 seconds')).toBe(1);
    expect(replaced('a train of 90 metres needs 6 seconds', 'a train of 80 metres needs 10 seconds')).toBe(2);
    expect(replaced('she has seven red boats left', 'she has 9 red boats left')).toBe(1);
  });

  it('are not those that are missing, added, or replaced by a word', () => {
    expect(replaced('a train of 90 metres needs 6 seconds', 'a train of metres needs 6 seconds')).toBe(0);
    expect(replaced('a train of many metres needs 6 seconds', 'a train of 80 metres needs 6 seconds')).toBe(0);
    expect(replaced('a train of 90 metres needs 6 seconds', 'a train of 9o metres needs 6 seconds')).toBe(0);
  });

  it('are not the same number written otherwise', () => {
    expect(replaced('he paid 2 050 crowns for it', 'he paid 2050 crowns for it')).toBe(0);
    expect(replaced('he paid 2 000 crowns for it', 'he paid 2000 crowns for it')).toBe(0);
    expect(replaced('he paid 2 50 crowns for it', 'he paid 2 5 crowns for it')).toBe(0);
    expect(replaced('he paid 7 00 crowns for it', 'he paid 700 crowns for it')).toBe(0);
    expect(replaced('he paid 25 crowns for it', 'he paid twenty five crowns for it')).toBe(0);
    expect(replaced('he paid 1 200 crowns for it', 'he paid 12 100 crowns for it')).toBe(0);
    expect(replaced('he paid 1 200 crowns for it', 'he paid 13 100 crowns for it')).toBeGreaterThan(0);
  });

  it('are not a fraction in figures, a per cent in hundredths, a year without its century', () => {
    expect(replaced('she pours 1 2 of a jug of milk', 'she pours 0 5 of a jug of milk')).toBe(0);
    expect(replaced('she pours 0 75 of a jug of milk', 'she pours 3 4 of a jug of milk')).toBe(0);
    expect(replaced('she cuts 2 1 2 yards of linen', 'she cuts 2 5 yards of linen')).toBe(0);
    expect(replaced('he keeps 5 of the flour he grinds', 'he keeps 0 05 of the flour he grinds')).toBe(0);
    expect(replaced('the war of 1914 18 was over then', 'the war of 1914 1918 was over then')).toBe(0);
    expect(replaced('she pours 1 2 of a jug of milk', 'she pours 0 25 of a jug of milk')).toBeGreaterThan(0);
    expect(replaced('she pours 1 2 cups of the milk', 'she pours 5 cups of the milk')).toBe(1);
    expect(replaced('the war of 1914 18 was over then', 'the war of 1914 1920 was over then')).toBe(1);
  });

  it('are counted where either is a number of several tokens', () => {
    expect(replaced('he paid 25 crowns for it', 'he paid twenty seven crowns for it')).toBe(1);
    expect(replaced('he paid 1 250 crowns for it', 'he paid 1260 crowns for it')).toBe(1);
    expect(replaced('he paid 88 crowns for it', 'he paid 8 8 0 0 crowns for it')).toBe(0);
  });

  it('are counted where the text begins or ends with them, unless only a part of it stands there', () => {
    const item = 'which is the largest number that can be divided by 88';
    expect(replaced(item, 'which is the largest number that can be divided by 98')).toBe(1);
    expect(replaced('9 friends share the cost of a rented car', '8 friends share the cost of a rented car')).toBe(1);
    expect(replaced(item, 'any number that can be divided by 98')).toBe(0);
    expect(replaced(`2007 was the year of the great flood here`, `200 x 7 was the year of the great flood here`)).toBe(
      0,
    );
  });

  it('are not those that changed places or count on from another one: labels, and options that were shuffled', () => {
    const item = 'how much is it 1 more than 2 less than 3 as much as before';
    expect(replaced(item, 'how much is it 11 more than 12 less than 13 as much as before')).toBe(0);
    expect(replaced(item, 'how much is it 3 more than 1 less than 2 as much as before')).toBe(0);
    expect(replaced(item, 'how much is it 4 more than 2 less than 7 as much as before')).toBe(2);
    expect(replaced(item, 'how much is it 2 more than 2 less than 3 as much as before')).toBe(1);
  });

  it('are not sought where whole sentences differ', () => {
    const item = 'the ferry takes 28 lorries and the captain counts them twice how many can still follow them';
    const document = 'the ferry takes a long way round on some of its 40 days at sea how many can still follow them';
    expect(replaced(item, document)).toBe(0);
  });

  it('are paired with the same number in another notation', () => {
    expect(between('he paid 25 crowns for it', 'he paid twenty five crowns for it').same).toEqual(['2:2']);
    expect(between('he paid 1 250 crowns for it', 'he paid 1250 crowns for it').same).toEqual(['2:2']);
    expect(between('a ratio of 162 to one half', 'a ratio of 1 6 2 to one half').same).toEqual(['3:3']);
    expect(between('he paid 25 crowns for it', 'he paid five twenty crowns for it').same).toEqual([]);
  });

  it('are paired at either end of a text too', () => {
    expect(between('what was the purpose of area 25', 'what was the purpose of area twenty five 7').same).toEqual([
      '6:6',
    ]);
    expect(between('25 crowns are in the chest', 'now twenty five crowns are in the chest').same).toEqual(['0:1']);
  });
});
