import { describe, expect, it } from 'vitest';
import type { Mode } from '../../electron/core/room.ts';
import type { RestFault } from '../../electron/practice/pretences.ts';
import { type SupervisionDesk, withSupervisionDesk } from './supervision-desk.ts';
import { closedWithWords, leavesNothing, SPEED } from './supervision-outcome.ts';

const KINDS = ['refused', 'half', 'lost', 'slow', 'busy', 'gone'] as const;

type Kind = (typeof KINDS)[number];

/** What can become of one request for a change. */
const FAULTS: Readonly<Record<Kind, Omit<RestFault, 'path' | 'times'>>> = {
  refused: { status: 400, code: 20001, when: 'before' },
  half: { status: 400, code: 20001, when: 'after' },
  lost: { when: 'lost' },
  slow: { delayMs: 6000, when: 'after' },
  busy: { status: 429, code: 20429, when: 'before' },
  gone: { status: 404, code: 20404, when: 'before' },
};

/** Changes of participants, our seat's and others'. */
const PARTICIPANT = /\/Participants\/CA[0-9a-f]{32}\.json$/;

/** So often is a request sent until it is given up. */
const TRIES: Readonly<Record<Kind, number>> = {
  refused: 1,
  half: 1,
  lost: 4,
  slow: 1,
  busy: 1,
  gone: 1,
};

/** From and to, and how many changes of participants lie between. */
const WAYS = [
  ['listen', 'whisper', 3],
  ['whisper', 'barge', 3],
  ['barge', 'takeover', 4],
  ['takeover', 'whisper', 4],
  ['whisper', 'takeover', 4],
  ['takeover', 'barge', 4],
  ['barge', 'whisper', 3],
  ['whisper', 'listen', 2],
  ['listen', 'barge', 3],
  ['barge', 'listen', 2],
  ['listen', 'takeover', 4],
  ['takeover', 'listen', 3],
] as const satisfies readonly (readonly [Mode, Mode, number])[];

/** Brings a call to a mode with an open microphone; what went wrong before may still have to be put right. */
async function brought(desk: SupervisionDesk, callId: string, mode: Mode): Promise<void> {
  await desk.bring(callId, mode);
  if (mode !== 'listen') await desk.speak(callId);
  await desk.passes(200);
}

describe.concurrent('a change of which a request fails', { retry: 0 }, () => {
  it.each(WAYS.map((way, i) => [`${way[0]} → ${way[1]}`, way, i] as const))(
    'never lets anybody hear who is not meant to: %s',
    async (_, [from, to, changes], round) => {
      await withSupervisionDesk({ speed: SPEED }, async desk => {
        const call = await desk.meet();
        const callId = await desk.listen(call.customer);
        for (let change = 0; change < changes; change += 1) {
          const kind = KINDS[(round + change) % KINDS.length] ?? 'refused';
          const about = `${from} → ${to}, ${kind} at change ${change + 1}`;
          await brought(desk, callId, from);
          const later: RestFault = { path: PARTICIPANT, times: change, when: 'before' };
          const fault: RestFault = { path: PARTICIPANT, times: TRIES[kind], ...FAULTS[kind] };
          desk.practice.pretend({ restFaults: change === 0 ? [fault] : [later, fault] });
          const answer = await desk.ask(callId, to);
          if (answer !== 'confirmed') {
            expect(answer, about).toMatch(/You are still only listening|Your microphone is closed/);
            expect(closedWithWords(desk, callId), about).toBe(answer);
          } else if (to !== 'listen') await desk.speak(callId);
          await desk.passes(400);
          desk.practice.pretend({ restFaults: [] });
          expect(desk.leaks(call.customer), `the customer: ${about}`).toEqual([]);
          expect(desk.leaks(call.agent), `the agent: ${about}`).toEqual([]);
        }
        await leavesNothing(desk, call, callId);
        expect(desk.leaks(call.customer)).toEqual([]);
        expect(desk.leaks(call.agent)).toEqual([]);
      });
    },
  );
});
