// Kill −9 at many moments of a build and of a merge: what comes of it must be the bytes of a run that was left alone.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeBenchmarks, writeCorpus } from './generated-data.js';
import { binary } from './machine.js';
import { Random } from './random.js';

const SEED = 7;

/** Runs the program, killed after so many milliseconds where it still runs. */
function run(args, killAfterMs) {
  const child = spawn(process.execPath, [binary, ...args], { stdio: 'ignore' });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

function contentsOf(index) {
  return readdirSync(index)
    .sort()
    .map((name) => name + readFileSync(path.join(index, name)).toString('latin1'))
    .join('\n');
}

async function timed(args) {
  const from = performance.now();
  const code = await run(args);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`);
  return performance.now() - from;
}

export async function killsOf(folder, count) {
  const { items } = writeBenchmarks(folder, 400);
  const files = Array.from({ length: 8 }, (_, i) => {
    const file = path.join(folder, `kill-${i}.jsonl`);
    writeCorpus(file, (4 + i) * 1e6, items.slice(i * 20));
    return file;
  });
  const at = (name) => path.join(folder, name);
  // Two workers hold all of it in memory until it is put together; four have so little room that they write runs.
  const build = (...options) => ['index', ...files, '--memory', '256MB', '--quiet', ...options, '--out'];
  const halves = [at('half-a'), at('half-b')];
  await timed(['index', ...files.slice(0, 4), '--memory', '256MB', '--quiet', '--out', halves[0]]);
  await timed(['index', ...files.slice(4), '--memory', '256MB', '--quiet', '--out', halves[1]]);
  const merge = ['merge', ...halves, '--memory', '256MB', '--quiet', '--out'];
  return [
    { what: 'build in memory', ...(await killAll(build('-w', '2'), ['--resume'], at('killed'), count)) },
    { what: 'build by runs', ...(await killAll(build('-w', '4'), ['--resume'], at('killed'), count)) },
    { what: 'with records', ...(await killAll(build('-w', '4', '--records'), ['--resume'], at('killed'), count)) },
    { what: 'merge', ...(await killAll(merge, [], at('merged'), count)) },
  ];
}

/** Kills at moments drawn between start and end, and again while going on, until the program gets to its end. */
async function killAll(args, again, out, count) {
  const tookMs = await timed([...args, out]);
  const expected = contentsOf(out);
  const random = new Random(SEED);
  const tally = { moments: count, kills: 0, inTime: 0, resumed: 0, same: 0, tookMs: Math.round(tookMs) };
  for (let i = 0; i < count; i++) {
    rmSync(out, { recursive: true, force: true });
    let code = await run([...args, out], random.next() * tookMs);
    if (code !== null) tally.inTime++;
    for (let more = 0; code === null && !existsSync(out); more++) {
      tally.kills++;
      if (keepsBatches(`${out}.partial`)) tally.resumed++;
      // One more kill for half of them, then to the end.
      code = await run([...args, out, ...again], more === 0 && i % 2 === 0 ? random.next() * tookMs : undefined);
      if (code !== null && code !== 0) throw new Error(`after a kill the program ended with ${code}`);
    }
    if (contentsOf(out) === expected) tally.same++;
    rmSync(`${out}.partial`, { recursive: true, force: true });
  }
  rmSync(out, { recursive: true, force: true });
  return tally;
}

/** Whether a killed build has left something that need not be done again. */
function keepsBatches(partial) {
  return existsSync(partial) && readdirSync(partial).some((name) => /^batch-\d+\.json$/.test(name));
}

export function killsSection(kills) {
  const lines = kills.map(
    ({ what, moments, kills: n, inTime, resumed, same, tookMs }) =>
      `- ${what} (${(tookMs / 1000).toFixed(1)} s): ${moments} moments, ${n} kills (${resumed} left batches that were not read again), ${inTime} runs were through before theirs; ` +
      `the same bytes in the end: ${same} of ${moments}.`,
  );
  return ['## Kill −9', lines.join('\n')].join('\n\n');
}
