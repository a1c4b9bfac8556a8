// What the commands tell the person waiting. Everything goes to standard error: the standard
// output belongs to the program being started.

const TICK_MS = 10_000;

/**
 * Says one line.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * Says what is being done and, while it lasts, how long it has taken.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @param {() => string} [detail] more to say at each tick, such as megabytes fetched
 * @returns {Promise<T>}
 */
export async function during(label, work, detail = () => '') {
  say(`${label} …`);
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const ticker = setInterval(() => say(`  still at it, ${seconds()} s${detail()}`), TICK_MS);
  try {
    return await work();
  } finally {
    clearInterval(ticker);
  }
}

/** An expected failure: its message is all the person needs, so it is shown without a stack. */
export class Stop extends Error {}

/**
 * Runs a command's main function and ends the process with its exit code.
 * @param {() => Promise<number>} main
 */
export async function runAsCommand(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(error instanceof Stop ? `\n${error.message}` : text);
    process.exitCode = 1;
  }
  process.exit();
}
