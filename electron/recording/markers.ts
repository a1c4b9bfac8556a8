import type { Party } from '../core/call.ts';
import type { CallEvent } from '../core/events.ts';
import type { Marker } from '../core/recording.ts';

type Kind = Marker['kind'];

/** What a marker tells, besides its place. */
type What = Pick<Marker, 'kind' | 'side' | 'label'>;

type Beginning = { readonly type: 'begin'; readonly instead?: readonly Kind[] } & What;

/** What an event says about the markers of its call. */
type Sign =
  | ({ readonly type: 'moment' } & What)
  /** Something begins that lasts, or is over. @field instead what ends with its beginning */
  | Beginning
  | { readonly type: 'end'; readonly kinds: readonly Kind[] }
  /** Tells itself where it stands in the sound. */
  | ({ readonly type: 'placed' } & Marker);

/** Longest label: what fits beside a waveform. */
const LABEL_CHARACTERS = 40;

/** What this desk does in a call of others until it does something else. */
const MODE_KINDS: readonly Kind[] = ['whisper', 'barge', 'takeover'];

/** What is read from each kind of event; null from all others. */
function signOf(event: CallEvent): Sign | null {
  switch (event.event) {
    case 'mode-confirmed':
      return event.mode === 'listen'
        ? { type: 'end', kinds: MODE_KINDS }
        : { ...lastingFor(event.mode, event.whom), instead: MODE_KINDS };
    case 'seat-changed':
      return event.seat === null ? { type: 'end', kinds: [...MODE_KINDS, 'spoke'] } : null;
    case 'voice-began':
      return lastingFor('spoke', event.whom);
    case 'voice-ended':
      return { type: 'end', kinds: ['spoke'] };
    case 'digits-received':
      return moment('digits', 'them', event.digits);
    case 'digits-sent':
      return moment('digits', 'us', event.digits);
    case 'text-said':
      return moment('said', 'us', shortened(event.text));
    case 'hold-changed':
      return lasting('hold', null, 'on hold', event.on);
    case 'mute-changed':
      return lasting('muted', 'us', 'muted', event.on);
    case 'recording-paused':
      return lasting('recording-paused', null, 'not recorded', event.on);
    case 'recording-stopped':
      return { type: 'end', kinds: ['recording-paused'] };
    case 'call-ended':
      return { type: 'end', kinds: ['hold', 'muted', 'recording-paused', 'spoke', ...MODE_KINDS] };
    case 'sound-lost':
      return placed('sound-lost', null, seconds(event.lengthMs), event);
    case 'sound-masked':
      return placed('masked', event.speaker, 'not kept', event);
    case 'watch-word-heard':
      return event.atMs === null
        ? moment('watch-word', event.speaker, shortened(event.words))
        : placed('watch-word', event.speaker, shortened(event.words), {
            atMs: event.atMs,
            lengthMs: 0,
          });
    default:
      return null;
  }
}

/**
 * When the sound of a call began, in ms since the epoch: with its first stream, or the first beside it;
 * null when it had none.
 */
export function soundStartOf(events: readonly CallEvent[]): number | null {
  return events.find(beginsSound)?.at ?? null;
}

/** Whether sound of a call comes from an event on. */
export function beginsSound(event: CallEvent): boolean {
  return event.event === 'stream-started' || (event.event === 'listening-changed' && event.on);
}

/**
 * What is worth finding again in the sound of a call, in the order it stands there.
 * @param events all of the call, in order
 * @param soundStartedAt the zero of the markers' times, in ms since the epoch
 * @param until when the call ended, or the time now; what still lasts then ends there
 */
export function markersOf(
  events: readonly CallEvent[],
  soundStartedAt: number,
  until: number,
): Marker[] {
  const markers: Marker[] = [];
  const begun = new Map<Kind, What & { readonly at: number }>();

  const end = (kind: Kind, at: number): void => {
    const beginning = begun.get(kind);
    begun.delete(kind);
    if (beginning === undefined) return;
    const atMs = Math.max(0, beginning.at - soundStartedAt);
    const lengthMs = at - soundStartedAt - atMs;
    const { side, label } = beginning;
    if (lengthMs > 0) markers.push({ kind, atMs, lengthMs, side, label });
  };

  for (const event of events) {
    const sign = signOf(event);
    const atMs = event.at - soundStartedAt;
    if (sign?.type === 'moment' && atMs >= 0) {
      const { type: _, ...what } = sign;
      markers.push({ ...what, atMs, lengthMs: 0 });
    } else if (sign?.type === 'begin') {
      const { type: _, instead = [], ...what } = sign;
      for (const kind of instead) end(kind, event.at);
      if (!begun.has(sign.kind)) begun.set(sign.kind, { ...what, at: event.at });
    } else if (sign?.type === 'end') {
      for (const kind of sign.kinds) end(kind, event.at);
    } else if (sign?.type === 'placed') {
      const { type: _, ...marker } = sign;
      markers.push(marker);
    }
  }
  for (const kind of [...begun.keys()]) end(kind, until);
  return markers.sort((a, b) => a.atMs - b.atMs);
}

function moment(kind: Kind, side: Marker['side'], label: string): Sign {
  return { type: 'moment', kind, side, label };
}

function lasting(kind: Kind, side: Marker['side'], label: string, on: boolean): Sign {
  return on ? { type: 'begin', kind, side, label } : { type: 'end', kinds: [kind] };
}

/** Something that lasts and that some hear. */
function lastingFor(kind: Kind, whom: readonly Party[]): Beginning {
  const label = shortened(whom.map(({ name, number }) => name ?? number).join(', '));
  return { type: 'begin', kind, side: null, label };
}

function placed(
  kind: Kind,
  side: Marker['side'],
  label: string,
  { atMs, lengthMs }: Pick<Marker, 'atMs' | 'lengthMs'>,
): Sign {
  return { type: 'placed', kind, side, label, atMs, lengthMs };
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s lost`;
}

/** The beginning of a text, cut between words. */
function shortened(text: string): string {
  if (text.length <= LABEL_CHARACTERS) return text;
  const cut = text.slice(0, LABEL_CHARACTERS);
  const space = cut.lastIndexOf(' ');
  return `${(space > 0 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
