import { memo } from 'react';
import { useClock } from '../state/clock.ts';
import { TileAct, TileAttention, TileMarks } from './tile-acts.tsx';
import { saidMark, spokenWords, tileTime, tileWords } from './tile-words.ts';
import type { WallLook } from './use-wall-shape.ts';
import { choose, open } from './wall-acts.ts';
import { isSameAttention, type WallCall } from './wall-call.ts';
import { WallLane } from './wall-lane.tsx';

type WallTileProps = {
  readonly call: WallCall;
  /** When it ended, in ms since the epoch; null while it goes on. */
  readonly endedAt: number | null;
  /** Its place on the wall, which it never leaves. */
  readonly place: number;
  readonly look: WallLook;
  readonly chosen: boolean;
  /** Where Tab enters the wall. */
  readonly stop: boolean;
  /** The call that the answer key means. */
  readonly onTop: boolean;
};

/** One call on the wall: a tile, or a strip. Drawn again only when something of it changed. */
export const WallTile = memo(function WallTile(props: WallTileProps) {
  const { call, endedAt, place, look, chosen, stop, onTop } = props;
  const now = useClock();
  const status = endedAt === null ? call.status : 'ended';
  return (
    // biome-ignore lint/a11y: cells of a table would not stand as tiles; their keys are in use-wall-keys
    <div
      className={look === 'tiles' ? 'tile' : 'wall-strip'}
      role="gridcell"
      tabIndex={stop ? 0 : -1}
      aria-selected={chosen}
      aria-label={spokenWords(call, endedAt, now)}
      data-place={place}
      data-call={call.callId ?? call.callSid}
      data-status={status}
      data-heard={call.ear !== null && endedAt === null}
      onClick={() => endedAt === null && choose(call)}
      onDoubleClick={() => open(call)}
    >
      <span className="tile-sign" aria-hidden="true">
        {signOf(call, status)}
      </span>
      <span className="tile-name cut">{call.title}</span>
      <time className="tile-time">{tileTime(call, endedAt, now)}</time>
      <span className="tile-wave">
        {call.followed && call.callId !== null && status === 'live' ? (
          <WallLane callId={call.callId} pitch={3} label={`${call.title}, waveform`} />
        ) : (
          <span className="tile-flat" />
        )}
      </span>
      <span className="tile-words" data-said={saidMark(call, endedAt)}>
        {look === 'strips' && endedAt === null ? <TileAttention call={call} now={now} /> : null}
        <bdi>{tileWords(call, endedAt, now)}</bdi>
      </span>
      <span className="tile-foot">
        {endedAt === null ? <TileMarks call={call} /> : null}
        {look === 'tiles' && endedAt === null ? <TileAttention call={call} now={now} /> : null}
        {endedAt === null ? <TileAct call={call} onTop={onTop} /> : null}
      </span>
    </div>
  );
}, isSame);

function signOf(call: WallCall, status: WallCall['status'] | 'ended'): string {
  if (status === 'ended') return '';
  if (call.problem !== null) return '!';
  if (status === 'ringing') return '•';
  if (status === 'waiting' || status === 'held') return '‖';
  return call.ear === null ? '' : '►';
}

/** Whether two draw the same picture: every state of the main process is a new object. */
function isSame(before: WallTileProps, after: WallTileProps): boolean {
  return (
    isEqual(before, after, 'call') &&
    isEqual(before.call, after.call, 'attention') &&
    isSameAttention(before.call.attention, after.call.attention)
  );
}

function isEqual<Value extends object>(a: Value, b: Value, except?: keyof Value): boolean {
  const other = new Map(Object.entries(b));
  return Object.entries(a).every(
    ([name, value]) => name === except || Object.is(value, other.get(name)),
  );
}
