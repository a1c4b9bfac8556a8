import type { Person } from '../person.ts';
import { annBecker } from './ann-becker.ts';
import { danaReyes } from './dana-reyes.ts';
import { kimLau } from './kim-lau.ts';
import { leeWong } from './lee-wong.ts';
import { northwindSupport } from './northwind-support.ts';
import { omarHaddad } from './omar-haddad.ts';
import { ritaMoss } from './rita-moss.ts';
import { samOrtiz } from './sam-ortiz.ts';
import { tessTone } from './tess-tone.ts';
import { testTones } from './test-tones.ts';
import { ivyAway, maxFailed, rayBusy } from './unreachable.ts';
import { veraVoiceless } from './vera-voiceless.ts';

/** Everybody on the practice line; the first calls when nobody else is named. */
export const people: readonly Person[] = [
  danaReyes,
  samOrtiz,
  leeWong,
  annBecker,
  kimLau,
  northwindSupport,
  tessTone,
  rayBusy,
  ivyAway,
  maxFailed,
  veraVoiceless,
  omarHaddad,
  ritaMoss,
  ...testTones,
];
