import type { VOICES } from '../core/settings.ts';

/** The name of a voice. */
export type Voice = (typeof VOICES)[number];

/** Twilio's voices, by the names used here. Source: https://www.twilio.com/docs/voice/twiml/say/text-speech */
const TWILIO_VOICES = {
  alloy: 'Polly.Joanna',
  echo: 'Polly.Matthew',
  fable: 'Polly.Amy',
  onyx: 'Polly.Brian',
  nova: 'Polly.Salli',
  shimmer: 'Polly.Kimberly',
} as const satisfies Record<Voice, string>;

/** What Twilio calls a voice. */
export function twilioVoice(voice: Voice): (typeof TWILIO_VOICES)[Voice] {
  return TWILIO_VOICES[voice];
}
