import type { Voice } from './flite.ts';
import type { WasmModule } from './webassembly.ts';

/** What the speech worker is started with: the compiled synthesiser. */
export type SpeechWorkerData = { readonly module: WasmModule };

/** One text to speak. */
export type SpeechJob = { readonly id: number; readonly text: string; readonly voice: Voice };

/** The worker's answer: 8 kHz samples, or why there are none. */
export type SpeechJobDone =
  | { readonly id: number; readonly samples: Int16Array }
  | { readonly id: number; readonly error: string };
