import type { KeyboardEvent } from 'react';
import { type Call, type LiveCall, talkTimeMs } from '../../electron/core/call.ts';
import { useClock } from '../state/clock.ts';
import { showCall } from '../state/navigation.ts';
import { useConsole } from '../state/use-console.ts';
import { earOf } from '../wall/ears.ts';
import { betweenWords, pastWords } from '../wall/people.ts';
import { problemOf } from '../wall/wall-call.ts';
import { WaveLane } from '../waveform/wave-lane.tsx';
import { foremostAttention, shortAttention } from '../words/attention-words.ts';
import { endWord, isMissed } from '../words/ending.ts';
import { fullName, numberOf, shortName } from '../words/names.ts';
import { callTitle, programName } from '../words/room-words.ts';
import { formatLength, formatMoment, formatTimer, formatWhen } from '../words/times.ts';
import { aloneNames, soundMark } from './hearing.ts';

type CallRowProps = {
  readonly call: Call;
  /** On screen now. */
  readonly chosen: boolean;
  /** Where Tab enters the list. */
  readonly stop: boolean;
  readonly onOpen?: (id: string) => void;
};

/** One call of a list, in two lines. */
export function CallRow({ call, chosen, stop, onOpen = showCall }: CallRowProps) {
  const now = useClock();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    onOpen(call.id);
  };
  return (
    <div
      className="row"
      role="option"
      aria-selected={chosen}
      tabIndex={stop ? 0 : -1}
      data-call={call.id}
      data-status={rowStatus(call)}
      onClick={() => onOpen(call.id)}
      onKeyDown={onKeyDown}
    >
      <span className="row-name cut">{rowName(call)}</span>
      <RowTime call={call} now={now} />
      <RowDetail call={call} now={now} />
    </div>
  );
}

function RowTime({ call, now }: { readonly call: Call; readonly now: number }) {
  if (call.status === 'ended') {
    return (
      <time className="row-time" title={formatMoment(call.startedAt)}>
        {formatWhen(call.startedAt, now)}
      </time>
    );
  }
  if (call.status === 'waiting') {
    return <time className="row-time">{formatTimer(now - call.waitingAt)}</time>;
  }
  if (call.status !== 'live') return <span className="row-time">{call.status}</span>;
  return <time className="row-time">{formatTimer(talkTimeMs(call, now))}</time>;
}

function RowDetail({ call, now }: { readonly call: Call; readonly now: number }) {
  const problem = useConsole(state => problemOf(call, state)?.words ?? null);
  if (problem !== null && call.status !== 'ended') {
    return <span className="row-detail row-problem cut">! {problem}</span>;
  }
  const attention = call.status === 'live' ? foremostAttention(call.attention) : null;
  if (attention !== null && attention.kind !== 'long-hold') {
    return <span className="row-detail row-attention cut">! {shortAttention(attention, now)}</span>;
  }
  if (call.status === 'live' && call.heldAt !== null) {
    return <span className="row-detail hold">‖ on hold {formatLength(now - call.heldAt)}</span>;
  }
  if (call.status === 'waiting') {
    return <span className="row-detail hold">‖ waits to be answered</span>;
  }
  if (call.status === 'live' && (call.carrier === 'gather' || call.kind === 'notify')) {
    const words = call.kind === 'notify' ? 'Message call' : 'Words only';
    return <span className="row-detail cut">{words}</span>;
  }
  if (call.status === 'live') {
    const label = `${rowName(call)}, waveform`;
    return (
      <span className="row-wave">
        <WaveLane callId={call.id} side="them" label={label} pitch={3} held={false} />
        {call.kind === 'supervised' ? <EarMark call={call} /> : <SoundMark call={call} />}
      </span>
    );
  }
  if (call.status !== 'ended') {
    return <span className="row-detail cut">{numberOf(call.them)}</span>;
  }
  const glyph = isMissed(call) ? '↙' : call.direction === 'inbound' ? '↓' : '↑';
  const word = call.kind === 'notify' ? `Message, ${endWord(call).toLowerCase()}` : endWord(call);
  const number = call.them.name === null ? '' : `, ${numberOf(call.them)}`;
  return (
    <span className="row-detail cut">
      <span className="row-glyph" aria-hidden="true">
        {glyph}
      </span>
      <span className="unseen">{call.direction === 'inbound' ? 'from' : 'to'}</span>
      {word}
      {call.recorded === 'kept' ? (
        <span title="Recorded">
          <span aria-hidden="true"> ▪</span>
          <span className="unseen">, recorded</span>
        </span>
      ) : null}
      {number}
    </span>
  );
}

const SOUND_GLYPHS = { silenced: '⊘', rewound: '↺', alone: '◎', 'not-alone': '⊘' } as const;

/** That a live call is not heard as it is, in a sign and words. */
function SoundMark({ call }: { readonly call: LiveCall }) {
  const mark = useConsole(state => soundMark(call, state));
  const alone = useConsole(aloneNames);
  if (mark === null) return null;
  const words = {
    silenced: 'silenced here',
    rewound: 'heard again',
    alone: 'only this call',
    'not-alone': `not heard: only ${alone}`,
  }[mark];
  return (
    <span className="row-sound cut" data-sound={mark}>
      <span aria-hidden="true">{SOUND_GLYPHS[mark]} </span>
      {words}
    </span>
  );
}

/** Whether a call of others is heard here. */
function EarMark({ call }: { readonly call: LiveCall }) {
  const heard = useConsole(state => earOf(call, state) !== null);
  return (
    <span className="row-sound cut" data-sound={heard ? 'heard' : 'unheard'}>
      {heard ? 'ear you' : 'not heard'}
    </span>
  );
}

function rowName(call: Call): string {
  if (call.status === 'ended') return pastWords(call);
  if (call.status !== 'live') return fullName(call.them);
  if (call.kind === 'supervised' && call.room !== null) return betweenWords(call.room);
  if (call.agent === null) return callTitle(call);
  return `${shortName(call.them)} ↔ ${programName(call.agent.name)}`;
}

function rowStatus(call: Call): string {
  if (call.status === 'live') return call.heldAt === null ? 'live' : 'held';
  return call.status === 'ended' && isMissed(call) ? 'missed' : call.status;
}
