declare module '@echogarden/speex-resampler-wasm/simd' {
  /** Loads the WASM module; its exports are named as in speex_resampler.h, with an underscore. */
  const load: () => Promise<unknown>;

  export { load as default };
}
