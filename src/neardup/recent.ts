/**
 * What was used last, within a budget: two halves, and when the younger one is full the older one is forgotten. (A Map that
 * forgets its oldest entry one at a time walks over the holes of those before it, thousands for each.)
 */
export class Recent<T> {
  private readonly budget: number;
  private young = new Map<number, T>();
  private old = new Map<number, T>();
  private used = 0;

  constructor(budget: number) {
    this.budget = budget;
  }

  get(key: number): T | undefined {
    return this.young.get(key) ?? this.old.get(key);
  }

  /** `size` in whatever unit the budget has. */
  keep(key: number, value: T, size: number): void {
    if (this.used + size > this.budget / 2) {
      this.old = this.young;
      this.young = new Map();
      this.used = 0;
    }
    this.young.set(key, value);
    this.used += size;
  }
}
