/** The part of WebAssembly used here. Node has it as a global, @types/node does not declare it. */

/** Compiled code, good for any number of instances. */
export type WasmModule = object;

/** The exports of an instance of a WASI command. */
type WasiExports = { readonly memory: { readonly buffer: ArrayBuffer }; _start(): void };

type WasiImports = { readonly wasi_snapshot_preview1: Readonly<Record<string, unknown>> };

type WebAssemblyGlobal = {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  Instance: new (module: WasmModule, imports: WasiImports) => { readonly exports: WasiExports };
};

const webAssembly: WebAssemblyGlobal = Reflect.get(globalThis as object, 'WebAssembly');

/** Compiles WebAssembly code off this thread. */
export function compileWasm(bytes: Uint8Array): Promise<WasmModule> {
  return webAssembly.compile(bytes);
}

/** Makes a fresh instance with its own memory. */
export function instantiateWasi(module: WasmModule, imports: WasiImports): WasiExports {
  return new webAssembly.Instance(module, imports).exports;
}
