// Signatures a second: ours against npm minhash, a plain JavaScript one-permutation version, and datasketch and rensa where
// Python is there. The same records for all, 1,000 words of 3-word shingles, 128 bins. Peers are given their shingles ready
// made; ours also from the record's text, which takes in finding the words.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Minhash } from 'minhash';
import { isThere } from './measured-process.js';
import { Random } from './random.js';
import { sketcher } from './sketcher.js';

const SEED = 20_260_601;
const RECORDS = 64;
const WORDS = 1000;
const BINS = 128;
const PEERS = ['datasketch==2.0.0', 'rensa==0.5.0'];

export function measureSpeed(rounds, seconds) {
  const random = new Random(SEED);
  const records = Array.from({ length: RECORDS }, () =>
    Array.from({ length: WORDS }, () => `w${random.between(0, 200_000).toString(36)}`),
  );
  const texts = records.map((words) => words.join(' '));
  const shingles = records.map((words) => words.slice(2).map((_, i) => `${words[i]} ${words[i + 1]} ${words[i + 2]}`));
  const contenders = ours(texts, records);
  contenders['npm minhash 0.0.9'] = (i) => npmMinhash(shingles[i]);
  contenders['plain JavaScript, one permutation'] = (i) => plainOnePermutation(shingles[i]);
  const taken = [];
  const peers = python(shingles, seconds);
  for (let round = 0; round < rounds; round++) {
    const paces = {};
    for (const [name, sign] of Object.entries(contenders)) paces[name] = pace(sign, seconds);
    taken.push({ ...paces, ...peers() });
    console.log(
      `round ${round + 1}: ${Object.entries(taken.at(-1))
        .map(([name, n]) => `${name} ${Math.round(n)}/s`)
        .join(', ')}`,
    );
  }
  return { records: RECORDS, words: WORDS, bins: BINS, rounds: taken };
}

function ours(texts, records) {
  const contenders = {};
  for (const method of ['one-permutation', 'k-permutation']) {
    const core = sketcher({ method });
    contenders[`heldout, ${method}, from text`] = (i) => {
      core.reset();
      core.sketchText(texts[i]);
    };
    const hashes = records.map((_, i) => hashesOf(i));
    contenders[`heldout, ${method}, of hashed shingles`] = (i) => core.sign(hashes[i]);
  }
  return contenders;
}

/** As many random 64-bit hashes as a record has shingles. */
function hashesOf(seed) {
  const random = new Random(seed + 1);
  return Uint32Array.from({ length: 2 * (WORDS - 2) }, () => Math.floor(random.next() * 2 ** 32));
}

function npmMinhash(shingles) {
  const sketch = new Minhash({ numPerm: BINS });
  for (const shingle of shingles) sketch.update(shingle);
  return sketch;
}

/** What one would write without WebAssembly: FNV-1a with a finaliser twice, one hash for the bin and one for the value. */
function plainOnePermutation(shingles) {
  const bins = new Uint32Array(BINS).fill(0xffffffff);
  for (const shingle of shingles) {
    let h = 0x811c9dc5;
    for (let i = 0; i < shingle.length; i++) h = Math.imul(h ^ shingle.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
    const bin = h >>> 25;
    let value = Math.imul(h ^ 0x9e3779b9, 0x85ebca6b);
    value = (value ^ (value >>> 15)) >>> 0;
    if (value < bins[bin]) bins[bin] = value;
  }
  return bins;
}

/** Calls a CPU second. */
function pace(sign, seconds) {
  for (let i = 0; i < RECORDS; i++) sign(i);
  const from = process.cpuUsage();
  let calls = 0;
  for (;;) {
    for (let i = 0; i < RECORDS; i++) sign(i);
    calls += RECORDS;
    const { user, system } = process.cpuUsage(from);
    if (user + system >= seconds * 1e6) return calls / ((user + system) / 1e6);
  }
}

/** Measures the Python peers, which are installed into a scratch folder; gives nothing where that does not work. */
function python(shingles, seconds) {
  if (!isThere('python3')) return () => ({});
  const folder = mkdtempSync(path.join(tmpdir(), 'heldout-peers-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const environment = path.join(folder, 'venv');
  const file = path.join(folder, 'shingles.json');
  writeFileSync(file, JSON.stringify(shingles));
  const program = path.join(environment, 'bin', 'python');
  const made = spawnSync('python3', ['-m', 'venv', environment], { encoding: 'utf8' });
  const installed = spawnSync(program, ['-m', 'pip', 'install', '--quiet', ...PEERS], { encoding: 'utf8' });
  if (made.status !== 0 || installed.status !== 0) {
    console.log(
      `Python's peers could not be installed: ${(installed.stderr || made.stderr || '').trim().split('\n').at(-1)}`,
    );
    return () => ({});
  }
  const script = fileURLToPath(new URL('./compare-peers.py', import.meta.url));
  return () => {
    const { stdout, status, stderr } = spawnSync(program, [script, file, String(BINS), String(seconds)], {
      encoding: 'utf8',
      env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', RAYON_NUM_THREADS: '1' },
    });
    if (status !== 0) console.log(`Python's peers failed: ${stderr.trim().split('\n').at(-1)}`);
    return status === 0 ? JSON.parse(stdout) : {};
  };
}
