/** Numbers as people read them. Never `toLocaleString`: what is printed must not depend on the machine. */

/** 1234567 → 1,234,567 */
export function count(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `3 files`, `1 file`. */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${count(n)} ${n === 1 ? noun : plural}`;
}

/** A share as a percentage with one decimal, and never a rounding that says none or all where there is some or a rest. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1';
  if (share < 1 && share > 0.9995) return '>99.9';
  const shownValue = (share * 100).toFixed(1);
  return shownValue === '100.0' ? '100' : shownValue === '0.0' ? '0' : shownValue;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** 1024-based, as `--max-record-bytes` reads them: 1536 → 1.5 KB */
export function bytes(n: number): string {
  let value = n;
  let unit = 0;
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** 75 → 1 min 15 s */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function round(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale;
}
