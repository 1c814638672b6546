import { CommanderError } from 'commander';
import { HeldoutError } from '../model/errors.js';
import { exitCodeOf } from './exit-code.js';
import type { ExitCode } from './exit-code.js';
import { say, watchStreams, written } from './output.js';
import { program } from './program.js';
import { toolVersion } from './version.js';

/** Never 1, whatever goes wrong: 1 says contaminated. */
async function main(): Promise<ExitCode> {
  let code: ExitCode = 0;
  try {
    await program(toolVersion(), (status) => (code = status)).parseAsync();
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof HeldoutError) {
      say(error.message);
      return exitCodeOf(error.code);
    }
    return bug(error);
  }
}

function bug(error: unknown): ExitCode {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  say('this is a bug in heldout. Please report it with the lines above and the command you ran.');
  return 2;
}

watchStreams();
// Node's own status for what nobody caught is 1.
process.on('uncaughtException', (error) => process.exit(bug(error)));
const code = await main();
// What was printed to a pipe must arrive; then nothing that is still open (standard input, a worker) may hold us up.
await written();
process.exit(code);
