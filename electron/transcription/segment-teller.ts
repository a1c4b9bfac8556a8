import type { CallId } from '../core/call.ts';
import type { Clock } from '../core/clock.ts';
import type { Fact } from '../core/events.ts';
import type { Segment, Side } from '../core/segment.ts';
import type { Settings } from '../core/settings.ts';
import type { TranscriberName } from '../core/transcription.ts';
import { createHeardTwice } from './heard-twice.ts';
import { createPressedKeys } from './pressed-keys.ts';
import { createRedactor } from './redactor.ts';
import type { Understood } from './writer.ts';

/** What telling the words of a call needs. */
type TellerPorts = {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly settings: () => Pick<Settings, 'redact' | 'redactRecordings'>;
  readonly emit: (fact: Fact) => void;
};

/** Who understood a piece. @field run names the writer; a call has several, one after the other */
type Source = {
  readonly run: number;
  readonly by: TranscriberName;
  readonly language: string;
};

/** Tells the words of one call; nothing is told of it that must not be kept. */
export type SegmentTeller = {
  /** Tells a piece. A final one that nobody saw a draft of and that has no words is left out. */
  readonly tell: (source: Source, piece: Understood) => void;
  /** Whether a draft of a piece was told that is not final yet. */
  readonly isOpen: (source: Source, key: string) => boolean;
  /** Takes back the draft of a piece, if one was told. */
  readonly withdraw: (source: Source, piece: Understood) => void;
  /** The sides with drafts of a source. */
  readonly openOf: (source: Source) => readonly Understood[];
  /** Nothing more comes of a source: its drafts are final as they are. */
  readonly finish: (source: Source) => void;
  /** A segment that the line itself understood, as it may be told. */
  readonly redacted: (segment: Segment) => Segment;
  /** A text that a voice spoke for this desk, or that only an agent was told, as it may be told. */
  readonly said: (text: string) => string;
  /** Keys that a side presses, as they may be told. */
  readonly keys: (side: Side, keys: string) => string;
  /** Somebody pressed keys: what they say next may be numbers that must not be kept. */
  readonly pressed: () => void;
};

/** How sure a final piece is whose transcriber does not tell. Source: the older systems' own default. */
const USUAL_CONFIDENCE = 0.9;

/** Builds it. */
export function createSegmentTeller(callId: CallId, ports: TellerPorts): SegmentTeller {
  const { clock, emit, settings } = ports;
  const redactor = createRedactor();
  const twice = createHeardTwice();
  /** By source and key. */
  const open = new Map<string, { readonly segmentId: string; piece: Understood }>();
  const over = new Set<string>();
  const keys = { them: createPressedKeys(), us: createPressedKeys() };
  let saidSoFar = 0;
  let lastSaid: { readonly text: string; readonly kept: string } | null = null;

  const nameOf = ({ run }: Source, key: string): string => `${run}/${key}`;
  const redacted = (segment: Segment): Segment => {
    const { redact, redactRecordings } = settings();
    if (segment.by === 'said' && segment.text === lastSaid?.text) {
      return redact ? { ...segment, text: lastSaid.kept } : segment;
    }
    // It learns of everything, so that it knows what was spoken of when it is turned on.
    const { text, place, masked } = redactor.words(segment, clock.now());
    if (!redact) return segment;
    if (redactRecordings) {
      const { speaker } = segment;
      for (const stretch of masked) emit({ event: 'sound-masked', callId, speaker, ...stretch });
    }
    return { ...segment, text, place };
  };
  const tell: SegmentTeller['tell'] = (source, told) => {
    const name = nameOf(source, told.key);
    const known = open.get(name);
    if (over.has(name)) return;
    const segmentId = known?.segmentId ?? ports.newId();
    const isTwice = source.by === 'twilio' && told.isFinal && isAnswer(told, segmentId);
    const piece = isTwice ? { ...told, text: '', wordsAtMs: null } : told;
    if (known === undefined && piece.text === '') {
      if (isTwice) over.add(name);
      return;
    }
    if (piece.isFinal) {
      open.delete(name);
      over.add(name);
    } else if (known !== undefined) known.piece = piece;
    else open.set(name, { segmentId, piece });
    const { speaker, who, text, isFinal, confidence, whispered, place, wordsAtMs } = piece;
    const { by, language } = source;
    const words = { callId, segmentId, speaker, who, text, isFinal, by, language, whispered };
    const wordsMs = place === null ? null : (wordsAtMs?.map(ms => ms - place.atMs) ?? null);
    emit({
      event: 'segment',
      ...redacted({
        ...words,
        confidence: confidence ?? (isFinal ? USUAL_CONFIDENCE : 0),
        place: place === null ? null : { ...place, wordsMs },
      }),
    });
  };
  /** Whether a gather told the same words; when it does later, the piece is taken back. */
  const isAnswer = (piece: Understood, segmentId: string): boolean =>
    twice.transcribed(piece, clock.now(), () => {
      const { speaker, who, whispered } = piece;
      const none = { text: '', isFinal: true, confidence: 0, language: null, place: null };
      const names = { callId, segmentId, speaker, who, whispered, by: 'twilio' } as const;
      emit({ event: 'segment', ...names, ...none });
    });
  const openOf: SegmentTeller['openOf'] = source =>
    [...open].flatMap(([name, { piece }]) => (name === nameOf(source, piece.key) ? [piece] : []));

  return {
    tell,
    isOpen: (source, key) => open.has(nameOf(source, key)),
    withdraw: (source, piece) =>
      tell(source, { ...piece, text: '', wordsAtMs: null, isFinal: true }),
    openOf,
    finish: source => {
      for (const piece of openOf(source)) tell(source, { ...piece, isFinal: true });
    },
    redacted: segment => {
      if (segment.by === 'gather' && segment.isFinal) twice.gathered(segment, clock.now());
      return redacted(segment);
    },
    said: text => {
      saidSoFar += 1;
      const piece = { speaker: 'us', segmentId: `text-${saidSoFar}`, text } as const;
      const { text: kept } = redactor.words({ ...piece, isFinal: true, place: null }, clock.now());
      lastSaid = { text, kept };
      return settings().redact ? kept : text;
    },
    keys: (side, pressed) => {
      const kept = keys[side].masked(pressed, clock.now());
      return settings().redact ? kept : pressed;
    },
    pressed: () => redactor.pressed(clock.now()),
  };
}
