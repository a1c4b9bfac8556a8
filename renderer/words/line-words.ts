import type { LineState, LineTest, Pointing, PublicAddress } from '../../electron/core/line.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import type { Problem } from '../../electron/core/problem.ts';
import { shortUrl } from './account-words.ts';
import { formatLength, spellLength } from './times.ts';

/** How a line is called: its number, or its kind while that is unknown. */
function lineName({ kind, number }: Pick<LineState, 'kind' | 'number'>): string {
  if (kind === 'practice') return 'Practice line';
  return number === null ? 'Twilio line' : formatPhoneNumber(number);
}

/** Why Twilio does not reach this computer. Times in ms since the epoch. */
export type Unreachable = {
  readonly since: number | null;
  /** When the tunnel tries again by itself. */
  readonly retryAt: number | null;
  readonly problem: Problem | null;
  /** What an own try asks for: the tunnel again, or the test again. */
  readonly retry: 'tunnel' | 'test';
};

/** Whether Twilio fails to reach this computer, by its address and by the last test; null when not. */
export function unreachable({ kind, address, test }: LineState): Unreachable | null {
  if (kind === 'practice' || address.kind === 'none') return null;
  if (address.status === 'down') {
    const { downSince: since, retryAt, problem } = address;
    return { since, retryAt, problem, retry: address.kind === 'tunnel' ? 'tunnel' : 'test' };
  }
  if (test.status === 'failed' || (test.status === 'testing' && test.failedSince !== null)) {
    return { since: test.failedSince, retryAt: null, problem: test.problem, retry: 'test' };
  }
  return null;
}

/** The line in the title bar. */
export type LineGlance = {
  readonly state: 'ready' | 'starting' | 'note' | 'down';
  readonly glyph: '✓' | '◌' | '!' | '▲';
  readonly words: string;
};

/** Whether calls can come and go, in a few words. */
export function lineGlance(line: LineState, now: number): LineGlance {
  const name = lineName(line);
  const out = unreachable(line);
  if (out !== null) {
    const since = out.since === null ? '' : ` ${formatLength(now - out.since)}`;
    return { state: 'down', glyph: '▲', words: `Line down${since}` };
  }
  if (line.status === 'down') return { state: 'down', glyph: '▲', words: `${name} down` };
  if (line.status === 'starting')
    return { state: 'starting', glyph: '◌', words: `${name} starting` };
  if (line.kind === 'twilio' && line.address.kind === 'none') {
    return { state: 'note', glyph: '!', words: `${name}, calls out only` };
  }
  if (line.kind === 'twilio' && line.address.status === 'connecting') {
    return { state: 'starting', glyph: '◌', words: `${name} connecting` };
  }
  if (!line.signaturesChecked) return { state: 'note', glyph: '!', words: `${name}, unchecked` };
  return { state: 'ready', glyph: '✓', words: name };
}

/** How long ago, `12 s ago`. */
export function agoWords(at: number, now: number): string {
  return now - at < 1000 ? 'now' : `${spellLength(now - at)} ago`;
}

/** When something is tried again, `Next try in 6 s.`; empty when it is not known. */
export function nextTryWords(retryAt: number | null, now: number): string {
  if (retryAt === null) return '';
  const seconds = Math.ceil((retryAt - now) / 1000);
  return seconds <= 0 ? 'Trying now.' : `Next try in ${spellLength(seconds * 1000)}.`;
}

/** The address Twilio reaches this computer by, and whether it stands. */
export function addressWords(address: PublicAddress, now: number): string {
  if (address.kind === 'local') return 'on this computer';
  if (address.kind === 'none') return 'none: nothing rings here, texts can be spoken into calls';
  switch (address.status) {
    case 'up':
      return 'up';
    case 'connecting':
      return address.kind === 'tunnel' ? 'opening the tunnel' : 'connecting';
    case 'down': {
      const since =
        address.downSince === null ? 'down' : `down for ${spellLength(now - address.downSince)}`;
      const next = nextTryWords(address.retryAt, now);
      return next === '' ? since : `${since}. ${next.slice(0, -1)}`;
    }
  }
}

/** What the last test of the line found. */
export function testWords(test: LineTest, now: number): string {
  switch (test.status) {
    case 'untested':
      return 'Not tested yet.';
    case 'testing':
      return 'Asking from outside…';
    case 'reached': {
      const facts = [
        test.roundTripMs === null ? null : `${Math.round(test.roundTripMs)} ms`,
        test.at === null ? null : agoWords(test.at, now),
      ].filter(fact => fact !== null);
      return facts.length === 0
        ? 'Twilio can reach you.'
        : `Twilio can reach you, ${facts.join(', ')}.`;
    }
    case 'failed':
      return test.problem?.message ?? 'Twilio cannot reach you.';
  }
}

/** Where the calls of our number go, as a sentence. */
export function pointingWords({ to, voiceUrl }: Pointing): string {
  switch (to) {
    case 'here':
      return 'Its calls ring here.';
    case 'another-desk':
      return 'Its calls ring at another Earshot.';
    case 'elsewhere':
      return voiceUrl === null || voiceUrl === ''
        ? 'Its calls go elsewhere.'
        : `Its calls go to ${shortUrl(voiceUrl)}.`;
    case 'application':
      return 'A TwiML application takes its calls.';
    case 'nowhere':
      return 'Its calls go nowhere.';
    case 'unknown':
      return 'Where its calls go is not known yet.';
  }
}
