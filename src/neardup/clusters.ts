/** Records that hang together, by union-find; the least of them stands for all. Four bytes a record. */
export class Clusters {
  private readonly parents: Uint32Array;

  constructor(records: number) {
    this.parents = Uint32Array.from({ length: records }, (_, i) => i);
  }

  join(a: number, b: number): void {
    const first = this.find(a);
    const second = this.find(b);
    if (first < second) this.parents[second] = first;
    else this.parents[first] = second;
  }

  find(record: number): number {
    const { parents } = this;
    while (parents[record] !== record) {
      // Halves the way for whoever comes next.
      parents[record] = parents[parents[record]];
      record = parents[record];
    }
    return record;
  }
}
