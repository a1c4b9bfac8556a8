import { parsePhoneNumber } from '../../electron/core/phone-number.ts';
import { SEAT_WAYS, type SeatWay } from '../../electron/core/room.ts';

/** How this desk may get into conferences, as chosen. */
type SeatChoice = SeatWay | 'auto';

/** The ways as a menu. */
export const SEAT_OPTIONS: readonly (readonly [choice: SeatChoice, name: string])[] = [
  ['auto', 'Automatic'],
  ['app', 'By this app'],
  ['number', 'By a second number'],
  ['phone', 'By your own phone'],
];

/** What each way means. */
export const SEAT_WORDS: Readonly<Record<SeatChoice, string>> = {
  auto: 'Earshot tries this app first, then the second number, then your own phone, and says which it took.',
  app: 'Twilio connects the conference straight to Earshot. Nothing rings, and no number is needed.',
  number:
    'A second number of the account calls the conference for Earshot, where Twilio refuses the app. Each seat costs as a call.',
  phone:
    'Your own phone rings and you speak into it. Earshot cannot shut its microphone: only Twilio’s mute does.',
};

/** The way a menu's value names; null lets Earshot choose. */
export function seatWayOf(value: string): SeatWay | null {
  return SEAT_WAYS.find(way => way === value) ?? null;
}

/** A number as typed, empty for none, or why it is none. */
export function readNumber(
  text: string,
):
  | { readonly ok: true; readonly number: string | null }
  | { readonly ok: false; readonly words: string } {
  if (text === '') return { ok: true, number: null };
  const parsed = parsePhoneNumber(text);
  return parsed.ok
    ? { ok: true, number: parsed.number }
    : { ok: false, words: `${parsed.problem.message} ${parsed.problem.remedy}` };
}

/** Why an address is none of a voice agent; null when it is one, or empty. */
export function agentUrlIssue(text: string): string | null {
  return text === '' || /^wss?:\/\/\S+$/.test(text)
    ? null
    : 'An address starts with wss:// or ws://.';
}
