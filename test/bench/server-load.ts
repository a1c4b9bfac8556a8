import { setTimeout as wait } from 'node:timers/promises';
import { FRAME_MS } from '../../electron/core/audio/frame.ts';
import type { Sent } from './media-sender.ts';
import type { Reading, ServerKind } from './media-server.ts';
import { endRole, messageOf, startRole } from './roles.ts';

/** What a server did in the time measured. */
type Load = {
  readonly cpuUs: number;
  readonly wallMs: number;
  readonly frames: number;
  readonly lateFrames: number;
  /** Frames that were already as late when the sender got to them. */
  readonly sentLate: number;
  /** How many frames should have come. */
  readonly expected: number;
  /** CPU time of the process that listens for voices; null where it is not known. */
  readonly voicesUs: number | null;
  readonly delayP99Ms: number;
};

/** Puts a server of its own process under so many streams, sent by another process. */
export async function loadServer(
  kind: ServerKind,
  streams: number,
  warmUpMs: number,
  measureMs: number,
): Promise<Load> {
  const server = startRole('media-server', kind);
  const port = await messageOf<number>(server);
  const sender = startRole('media-sender', String(port), String(streams));
  server.send(await messageOf<number>(sender));
  const read = (): Promise<[Reading, Sent]> => {
    server.send('read');
    sender.send('read');
    return Promise.all([messageOf<Reading>(server), messageOf<Sent>(sender)]);
  };
  await wait(warmUpMs);
  const [before, sentBefore] = await read();
  await wait(measureMs);
  const [after, sentAfter] = await read();
  await endRole(sender);
  await endRole(server);
  const wallMs = after.wallMs - before.wallMs;
  return {
    cpuUs: after.cpuUs - before.cpuUs,
    wallMs,
    frames: after.frames - before.frames,
    lateFrames: after.lateFrames - before.lateFrames,
    sentLate: sentAfter.late - sentBefore.late,
    expected: (wallMs / FRAME_MS) * streams,
    voicesUs:
      after.voicesUs === null || before.voicesUs === null ? null : after.voicesUs - before.voicesUs,
    delayP99Ms: after.delayP99Ms,
  };
}
