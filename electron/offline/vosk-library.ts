import { promisify } from 'node:util';
import { type KoffiFunction, load } from 'koffi';

/** No word of what happens inside goes to standard error. */
const SILENT = -1;

/** The native library. Source of the calls: vosk_api.h of Vosk 0.3.39. */
export type Vosk = {
  /** Loads a model from a folder, beside everything else; null when it cannot. */
  readonly loadModel: (path: string) => Promise<VoskModel | null>;
};

/** A loaded model, shared by all who listen with it. */
export type VoskModel = {
  /** @param rateHz of the sound it will be given, which must be the model's own */
  readonly listen: (rateHz: number) => VoskRecogniser;
};

/** Understands one voice. Each call must be done before the next. Results are JSON. */
type VoskRecogniser = {
  /** @returns whether the words ended here */
  readonly accept: (samples: Int16Array) => Promise<boolean>;
  readonly partial: () => Promise<string>;
  /** The words that ended. */
  readonly result: () => Promise<string>;
  /** Ends the words now. */
  readonly final: () => Promise<string>;
  readonly free: () => void;
};

/** Loads the library. Throws when it is not one. */
export function loadVosk(libraryPath: string): Vosk {
  const library = load(libraryPath);
  const call = (signature: string): KoffiFunction => library.func(signature);
  const modelNew = inBackground(call('void* vosk_model_new(const char*)'));
  const recogniserNew = call('void* vosk_recognizer_new(void*, float)');
  const setWords = call('void vosk_recognizer_set_words(void*, int)');
  const accept = inBackground(call('int vosk_recognizer_accept_waveform(void*, const void*, int)'));
  const partial = inBackground(call('const char* vosk_recognizer_partial_result(void*)'));
  const result = inBackground(call('const char* vosk_recognizer_result(void*)'));
  const final = inBackground(call('const char* vosk_recognizer_final_result(void*)'));
  const free = call('void vosk_recognizer_free(void*)');
  call('void vosk_set_log_level(int)')(SILENT);

  const listen = (model: unknown, rateHz: number): VoskRecogniser => {
    const own: unknown = recogniserNew(model, rateHz);
    if (own === null) throw new Error('no recogniser for this model');
    setWords(own, 1);
    return {
      accept: async samples => (await accept(own, samples, samples.byteLength)) === 1,
      partial: async () => String(await partial(own)),
      result: async () => String(await result(own)),
      final: async () => String(await final(own)),
      free: () => {
        free(own);
      },
    };
  };

  return {
    loadModel: async path => {
      const model = await modelNew(path);
      return model === null ? null : { listen: rateHz => listen(model, rateHz) };
    },
  };
}

/** Runs a native function on a thread of its own. */
function inBackground(native: KoffiFunction): (...values: unknown[]) => Promise<unknown> {
  return promisify(native.async) as (...values: unknown[]) => Promise<unknown>;
}
