import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, compileCore, createMemory, instantiate } from '../../dist/hashcore/load.js';
import { placesOf, ShelfReader, Shelves, SHELVES, shelfSizes } from '../../dist/hashcore/shelves.js';

const module = compileCore();

/** A thread's memory, core and means. */
function thread() {
  const memory = createMemory();
  const core = instantiate(module, memory);
  const shelves = new Shelves(memory, core, 1 << 12);
  return { memory, core, shelves, reader: new ShelfReader(memory, core), at: allocate(memory, 1 << 20) };
}

const [own, other] = [thread(), thread()];

/** How far a document is behind the one before it, small and beyond what a slot holds; how many entries it has; whether a place begins. */
const documents = fc.array(
  fc.tuple(fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 900, max: 5000 })), fc.nat(6), fc.boolean()),
  { minLength: 1, maxLength: 400, size: 'max' },
);

describe('Entries on shelves', () => {
  it('come off as they were put there, in their order, with the places and numbers asked for, into this memory and another', () => {
    fc.assert(
      fc.property(
        documents,
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(fc.nat()),
        (gaps, onShelves, numbers) => {
          const put: number[][] = [];
          const starts: number[] = [];
          let document = -1;
          for (const [gap, entries, begins] of gaps) {
            document += gap;
            if (begins || starts.length === 0) starts.push(document);
            for (let i = 0; i < entries; i++) {
              const high = (numbers.next().value % onShelves) * 2 ** 22 + (numbers.next().value % 2 ** 22);
              put.push([numbers.next().value >>> 0, high, document, starts.length - 1]);
            }
          }
          own.shelves.clear();
          new Uint32Array(own.memory.buffer, own.at, 4 * put.length).set(put.flat());
          own.shelves.take(own.at, put.length);
          const sizes = shelfSizes(own.shelves.place);
          const blockOf = Uint32Array.from(starts, (_, place) => 1000 - place);
          const table = placesOf(starts, document + 1);
          for (const { memory, reader, at } of [own, other]) {
            const places = allocate(memory, table.byteLength);
            new Uint32Array(memory.buffer, places, table.length).set(table);
            const blocks = allocate(memory, blockOf.byteLength);
            new Uint32Array(memory.buffer, blocks, blockOf.length).set(blockOf);
            const asked = {
              place: own.shelves.place,
              isOwn: memory === own.memory,
              places,
              blockOf: blocks,
              firstDocument: 7,
            };
            for (let shelf = 0; shelf < SHELVES; shelf += shelf < 4 ? 1 : 400) {
              const expected = put.filter(([, high]) => high >>> 22 === shelf);
              expect(sizes[shelf]).toBe(expected.length);
              expect(reader.read(asked, shelf, at)).toBe(expected.length);
              expect([...new Uint32Array(memory.buffer, at, 4 * expected.length)]).toEqual(
                expected.flatMap(([low, high, document, place]) => [low, high, 1000 - place, document + 7]),
              );
              reader.read({ ...asked, blockOf: 0 }, shelf, at);
              expect(
                [...new Uint32Array(memory.buffer, at, 4 * expected.length)].filter((_, i) => i % 4 === 2),
              ).toEqual(expected.map(([, , , place]) => place));
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
