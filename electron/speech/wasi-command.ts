import { instantiateWasi, type WasmModule } from './webassembly.ts';

/** File descriptors as WASI counts them: 0 to 2 are the standard streams, 3 is the one folder, 4 the file. */
const FOLDER_FD = 3;
const FILE_FD = 4;
const FOLDER_NAME = '/out';

const OK = 0;
const BAD_FD = 8;
const FILE_TYPE_DIRECTORY = 3;
const FILE_TYPE_REGULAR = 4;
const ALL_RIGHTS = 0xffff_ffff_ffff_ffffn;

/** The file the command should write, to be put into its arguments. */
export const OUTPUT_PATH = `${FOLDER_NAME}/output`;

/** Thrown by the command's own exit, to leave its code. */
class CommandExit extends Error {}

/**
 * Runs a WASI command that writes one file, without a disk: the file grows in memory and is
 * returned. The command sees no other file, no environment and a clock that stands still.
 */
export function runWasiCommand(module: WasmModule, args: readonly string[]): Uint8Array {
  const encodedArgs = args.map(arg => new TextEncoder().encode(`${arg}\0`));
  const file = new MemoryFile();
  const memory = (): ArrayBuffer => exports.memory.buffer;
  const view = (): DataView => new DataView(memory());
  const setSize = (pointer: number, value: number): void => view().setUint32(pointer, value, true);

  const wasi = {
    args_sizes_get(countPointer: number, sizePointer: number): number {
      setSize(countPointer, encodedArgs.length);
      setSize(
        sizePointer,
        encodedArgs.reduce((total, arg) => total + arg.length, 0),
      );
      return OK;
    },
    args_get(pointersPointer: number, bytesPointer: number): number {
      let bytesAt = bytesPointer;
      for (const [index, arg] of encodedArgs.entries()) {
        setSize(pointersPointer + 4 * index, bytesAt);
        new Uint8Array(memory()).set(arg, bytesAt);
        bytesAt += arg.length;
      }
      return OK;
    },
    clock_time_get(_id: number, _precision: bigint, timePointer: number): number {
      view().setBigUint64(timePointer, 0n, true);
      return OK;
    },
    fd_close: (): number => OK,
    fd_fdstat_get(fd: number, statPointer: number): number {
      const fields = view();
      fields.setUint8(statPointer, fd === FOLDER_FD ? FILE_TYPE_DIRECTORY : FILE_TYPE_REGULAR);
      fields.setUint16(statPointer + 2, 0, true);
      fields.setBigUint64(statPointer + 8, ALL_RIGHTS, true);
      fields.setBigUint64(statPointer + 16, ALL_RIGHTS, true);
      return OK;
    },
    fd_fdstat_set_flags: (): number => OK,
    fd_prestat_get(fd: number, statPointer: number): number {
      if (fd !== FOLDER_FD) return BAD_FD;
      view().setUint8(statPointer, 0);
      setSize(statPointer + 4, FOLDER_NAME.length);
      return OK;
    },
    fd_prestat_dir_name(_fd: number, pathPointer: number): number {
      new Uint8Array(memory()).set(new TextEncoder().encode(FOLDER_NAME), pathPointer);
      return OK;
    },
    fd_read(_fd: number, _vectors: number, _count: number, readPointer: number): number {
      setSize(readPointer, 0);
      return OK;
    },
    fd_seek(_fd: number, offset: bigint, whence: number, positionPointer: number): number {
      view().setBigUint64(positionPointer, BigInt(file.seek(Number(offset), whence)), true);
      return OK;
    },
    fd_write(fd: number, vectors: number, count: number, writtenPointer: number): number {
      let written = 0;
      for (let index = 0; index < count; index += 1) {
        const start = view().getUint32(vectors + 8 * index, true);
        const length = view().getUint32(vectors + 8 * index + 4, true);
        if (fd === FILE_FD) file.write(new Uint8Array(memory(), start, length));
        written += length;
      }
      setSize(writtenPointer, written);
      return OK;
    },
    path_open(...args: readonly (number | bigint)[]): number {
      setSize(Number(args[8]), FILE_FD);
      return OK;
    },
    proc_exit(code: number): void {
      throw new CommandExit(`The command ended with code ${code}`);
    },
  };

  const exports = instantiateWasi(module, { wasi_snapshot_preview1: wasi });
  try {
    exports._start();
  } catch (error) {
    if (!(error instanceof CommandExit)) throw error;
  }
  return file.bytes();
}

/** A file that exists only while it is written. */
class MemoryFile {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #position = 0;

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  seek(offset: number, whence: number): number {
    const base = [0, this.#position, this.#length][whence] ?? 0;
    this.#position = base + offset;
    return this.#position;
  }

  write(data: Uint8Array): void {
    const end = this.#position + data.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(data, this.#position);
    this.#position = end;
    this.#length = Math.max(this.#length, end);
  }
}
