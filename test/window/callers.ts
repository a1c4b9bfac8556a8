import { danaReyes } from '../../electron/practice/people/dana-reyes.ts';
import { leeWong } from '../../electron/practice/people/lee-wong.ts';
import { samOrtiz } from '../../electron/practice/people/sam-ortiz.ts';
import { pause } from '../../electron/practice/script.ts';

/** They say nothing of their own. */
const SILENT = [pause(3_600_000)];
/** A customer with a parcel. */
export const dana = { ...danaReyes, whenCalling: SILENT };
/** A customer who is in a hurry. */
export const sam = { ...samOrtiz, whenCalling: SILENT };
/** A customer of few words. */
export const lee = { ...leeWong, whenCalling: SILENT };

/** What they say at once, in rounds. */
export const SENTENCES = new Map([
  [
    dana,
    [
      'The parcel was due on Tuesday.',
      'My neighbour never got the lamp.',
      'Please find out who signed for it.',
    ],
  ],
  [
    sam,
    [
      'I ordered some blue chairs.',
      'Half of them came last week.',
      'Send me the others by Friday.',
    ],
  ],
  [
    lee,
    ['My invoice is not right.', 'The same month is on it again.', 'Please take that line away.'],
  ],
]);
/** Who calls, in this order. */
export const CALLERS = [...SENTENCES.keys()];
