import type { LiveCall } from '../../electron/core/call.ts';
import { othersWords } from './others-words.ts';

type OthersHereProps = { readonly call: LiveCall };

/** The other desks in the call, each with what it does there. */
export function OthersHere({ call }: OthersHereProps) {
  const words = othersWords(call);
  return words === '' ? null : <p className="people-says">Also here: {words}</p>;
}
