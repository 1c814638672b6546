/** Texts in one block: what is parsed at once when one of them is opened, some 50 KB. */
export const BLOCK = 128;

export function blocks<T>(entries: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(entries.length / BLOCK) }, (_, i) => entries.slice(i * BLOCK, (i + 1) * BLOCK));
}

/** Columns while they are filled. */
export type Filled<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : never };

/** A list of distinct values, each told by its place. */
export class Names {
  readonly list: string[] = [];
  private readonly places = new Map<string, number>();

  /** Where the name is; it is added where it is new. */
  at(name: string): number {
    let place = this.places.get(name);
    if (place === undefined) {
      place = this.list.push(name) - 1;
      this.places.set(name, place);
    }
    return place;
  }
}
