import { type Call, type Party, talkTimeMs } from '../../electron/core/call.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';
import { QualityBadge } from '../quality/quality-badge.tsx';
import { useClock } from '../state/clock.ts';
import { useConsole } from '../state/use-console.ts';
import { pastWords } from '../wall/people.ts';
import { callMarks } from '../words/call-marks.ts';
import { isMissed } from '../words/ending.ts';
import { fullName, numberOf } from '../words/names.ts';
import { callTitle } from '../words/room-words.ts';
import { formatLength, formatTimer } from '../words/times.ts';
import { CallAttention } from './call-attention.tsx';
import { RecordingMark } from './recording-mark.tsx';

type CallHeaderProps = { readonly call: Call };

/** Who is on the call, from which number to which, for how long, whether it is recorded, and how good its sound is. */
export function CallHeader({ call }: CallHeaderProps) {
  const now = useClock();
  const practice = useConsole(({ line }) => line.kind === 'practice' && line.number === call.ours);
  const ours = practice ? 'Practice line' : formatPhoneNumber(call.ours);
  const arrow = call.direction === 'inbound' ? '→' : '←';
  const others = partiesOfOthers(call);
  return (
    <header className="call-header">
      <h1 className="cut">{titleOf(call)}</h1>
      <span className="call-clock">
        {call.status === 'live' ? <RecordingMark call={call} now={now} /> : null}
        <CallClock call={call} now={now} />
      </span>
      {others === null ? (
        <p className="cut">
          {call.them.name === null ? null : <span className="pick">{numberOf(call.them)}</span>}{' '}
          <span aria-hidden="true">{arrow}</span>{' '}
          <span className="unseen">{call.direction === 'inbound' ? 'to' : 'from'}</span>
          {ours}
        </p>
      ) : (
        <p className="cut pick">{others.map(numberOf).join(' · ')}</p>
      )}
      <span className="call-standing">
        {call.status === 'live' && call.attention.length > 0 ? (
          <CallAttention call={call} now={now} />
        ) : null}
        {isToldByAttention(call) ? null : <CallState call={call} now={now} />}
        <QualityBadge call={call} />
      </span>
      <CallMarks call={call} />
    </header>
  );
}

function titleOf(call: Call): string {
  if (call.status === 'live') return callTitle(call);
  return call.status === 'ended' ? pastWords(call, true) : fullName(call.them);
}

/** Whose call it is, when this desk is no party of it; null when it is one. */
function partiesOfOthers(call: Call): readonly Party[] | null {
  if (call.kind !== 'supervised') return null;
  if (call.status === 'ended') return [call.them, ...call.others];
  return call.status === 'live' && call.room !== null
    ? call.room.legs.map(leg => leg.party)
    : [call.them];
}

/** Whether what stands beside the state says it already: that the call is on hold, and since when. */
function isToldByAttention(call: Call): boolean {
  return call.status === 'live' && call.attention.some(({ kind }) => kind === 'long-hold');
}

type ClockProps = CallHeaderProps & { readonly now: number };

function CallClock({ call, now }: ClockProps) {
  if (call.status !== 'live' && call.status !== 'ended') return null;
  if (call.status === 'ended' && call.answeredAt === null) return null;
  return <time className="call-time">{formatTimer(talkTimeMs(call, now))}</time>;
}

function CallState({ call, now }: ClockProps) {
  const [state, words] = stateOf(call, now);
  return (
    <span className="call-state" data-state={state}>
      {words}
    </span>
  );
}

/** What sets this call apart: it only speaks a message, a machine took it, it goes in words. */
function CallMarks({ call }: CallHeaderProps) {
  const marks = callMarks(call);
  if (marks.length === 0) return null;
  return (
    <ul className="call-marks">
      {marks.map(mark => (
        <li key={mark}>{mark}</li>
      ))}
    </ul>
  );
}

function stateOf(call: Call, now: number): readonly [state: string, words: string] {
  switch (call.status) {
    case 'dialing':
      return ['ringing', 'Calling'];
    case 'ringing':
      return ['ringing', `((•)) Ringing ${formatLength(now - call.ringingAt)}`];
    case 'waiting':
      return ['held', `‖ Waiting ${formatLength(now - call.waitingAt)}`];
    case 'live':
      return call.heldAt === null
        ? ['live', 'Live']
        : ['held', `‖ On hold ${formatLength(now - call.heldAt)}`];
    case 'ended':
      return isMissed(call) ? ['ended', '↙ Missed'] : ['ended', 'Ended'];
  }
}
