import { describe, expect, it } from 'vitest';
import { soundPlan } from '../../electron/core/sound-plan.ts';
import { until } from '../support/until.ts';
import { type SupervisionDesk, withSupervisionDesk } from './supervision-desk.ts';
import { closedWithWords, hearing, leavesNothing, SPEED, talkOn } from './supervision-outcome.ts';

const SEATS = /\/Participants\.json$/;
const STREAMS = /\/Streams\.json$/;

/**
 * How long a seat that another desk changed may be heard by others, in ms: conferences of other applications
 * tell this desk nothing, so it is seen by its next reading, every 500 ms while it may be heard; a busy
 * computer may miss one.
 */
const SEAT_READ_MS = 1000;

/** A desk on which all is as fast as sound can be. */
const within = (run: (desk: SupervisionDesk) => Promise<void>) => atSpeed(SPEED, run);

/** A desk on which all is so much faster than real. What is measured is measured in real time. */
function atSpeed(speed: number, run: (desk: SupervisionDesk) => Promise<void>): Promise<void> {
  return withSupervisionDesk({ speed }, run);
}

/** Whispers to the agent with an open microphone. */
async function whispering(desk: SupervisionDesk) {
  const call = await desk.meet();
  const callId = await desk.listen(call.customer);
  await desk.bring(callId, 'whisper');
  await desk.speak(callId);
  await desk.passes(400);
  const seat = desk.room(callId)?.seat?.sid ?? '';
  const participant = (sid: string) =>
    desk.others.conferences(call.conferenceSid).participants(sid);
  return { call, callId, seat, participant };
}

/** The seats of desks in a conference. */
async function seatsIn(desk: SupervisionDesk, call: Parameters<SupervisionDesk['inside']>[0]) {
  return (await desk.inside(call)).filter(({ label }) => label.startsWith('seat-'));
}

const isShut = (desk: SupervisionDesk): boolean => soundPlan(desk.app.state()).microphone === null;

describe.concurrent('who is whispered to', { retry: 0 }, () => {
  it('hangs up: not a word of it falls through to the customer', () =>
    within(async desk => {
      const { call, callId } = await whispering(desk);
      desk.practice.farHangUp(call.agent);
      await until(() => isShut(desk));
      expect(closedWithWords(desk, callId)).toMatch(/left during the whisper/);
      await desk.passes(1000);
      expect(desk.leaks(call.customer)).toEqual([]);
      expect(desk.leaks(call.agent)).toEqual([]);
      await desk.run({ command: 'leave', callId });
      await until(async () => (await desk.inside(call)).length === 1);
    }));

  it(
    'hangs up where Twilio lets everybody hear who coached: 200 ms at most fall through',
    { retry: 2 },
    () =>
      atSpeed(1, async desk => {
        desk.practice.pretend({ coachFallsThrough: true });
        const { call, callId } = await whispering(desk);
        desk.practice.farHangUp(call.agent);
        await until(() => isShut(desk));
        expect(closedWithWords(desk, callId)).toMatch(/left during the whisper/);
        await desk.passes(1500);
        const leakedMs = desk.leaks(call.customer).length * 20;
        expect(leakedMs).toBeLessThanOrEqual(200);
      }),
  );

  it('is put on hold by another desk: the microphone shuts', () =>
    within(async desk => {
      const { call, callId, participant } = await whispering(desk);
      await participant(call.agent).update({ hold: true });
      await until(() => isShut(desk));
      await until(() => /put on hold during the whisper/.test(closedWithWords(desk, callId)));
      await desk.passes(500);
      expect(desk.leaks(call.customer)).toEqual([]);
      await participant(call.agent).update({ hold: false });
      await leavesNothing(desk, call, callId);
    }));
});

describe.concurrent('another desk', { retry: 0 }, () => {
  it('unmutes the seat while it only listens: nobody hears the microphone, and the seat is muted again', () =>
    within(async desk => {
      const { call, callId, seat, participant } = await whispering(desk);
      await desk.bring(callId, 'listen');
      await participant(seat).update({ muted: false });
      await until(async () => (await participant(seat).fetch()).muted);
      expect(closedWithWords(desk, callId)).toMatch(/changed from elsewhere/);
      await desk.passes(500);
      expect(desk.leaks(call.customer)).toEqual([]);
      expect(desk.leaks(call.agent)).toEqual([]);
      await leavesNothing(desk, call, callId);
    }));

  it(
    'lets a whisper be heard by all: it is silent by the next reading of the conference',
    { retry: 2 },
    () =>
      atSpeed(1, async desk => {
        const { call, callId, seat, participant } = await whispering(desk);
        await participant(seat).update({ coaching: false });
        await until(() => isShut(desk));
        expect(closedWithWords(desk, callId)).toMatch(/changed from elsewhere/);
        await until(async () => (await participant(seat).fetch()).muted);
        await desk.passes(500);
        const leakedMs = desk.leaks(call.customer).length * 20;
        expect(leakedMs).toBeLessThanOrEqual(SEAT_READ_MS);
        await leavesNothing(desk, call, callId);
      }),
  );

  it('mutes the seat: the person is told that nobody hears them', () =>
    within(async desk => {
      const { call, callId, seat, participant } = await whispering(desk);
      await participant(seat).update({ muted: true });
      await until(() => isShut(desk));
      expect(closedWithWords(desk, callId)).toMatch(/muted from elsewhere/);
      expect(desk.leaks(call.customer)).toEqual([]);
      await leavesNothing(desk, call, callId);
    }));

  it('takes the seat out: another is taken with the next mode', () =>
    within(async desk => {
      const { call, callId, seat, participant } = await whispering(desk);
      await participant(seat).remove();
      expect(await desk.ask(callId, 'barge')).toMatch(/^confirmed$|gone|ended before/);
      await desk.bring(callId, 'barge');
      expect(await seatsIn(desk, call)).toHaveLength(1);
      expect(desk.room(callId)?.seat?.sid).not.toBe(seat);
      expect(desk.leaks(call.customer)).toEqual([]);
      await leavesNothing(desk, call, callId);
    }));

  it('ends the conference: the call is over here, and the microphone shut', () =>
    within(async desk => {
      const { call, callId } = await whispering(desk);
      await desk.others.conferences(call.conferenceSid).update({ status: 'completed' });
      await until(() => isShut(desk));
      const here = () => desk.app.state().calls.find(({ id }) => id === callId);
      await until(() => here()?.status === 'ended');
      await until(async () => {
        const live = await desk.others.calls.list({ status: 'in-progress' });
        return live.length === 0;
      });
      expect(desk.leaks(call.customer)).toEqual([]);
    }));
});

describe.concurrent('a seat', { retry: 0 }, () => {
  it('of which the answer was lost is not taken twice', () =>
    within(async desk => {
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      const fault = { method: 'POST', path: SEATS, times: 1, when: 'lost' } as const;
      desk.practice.pretend({ restFaults: [fault] });
      const answer = await desk.ask(callId, 'whisper');
      expect(answer).toMatch(/did not begin/);
      expect(closedWithWords(desk, callId)).toBe(answer);
      await desk.bring(callId, 'whisper');
      await until(async () => (await seatsIn(desk, call)).length === 1);
      await leavesNothing(desk, call, callId);
    }));

  it('that no application may take comes by a second number, and is heard as well', () =>
    within(async desk => {
      desk.practice.pretend({ appRefused: true });
      const seatNumber = desk.practice.numbers[1] ?? '';
      await desk.run({ command: 'change-settings', settings: { seatNumber } });
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      await desk.bring(callId, 'barge');
      expect(desk.room(callId)?.seat?.way).toBe('number');
      await desk.speak(callId);
      await until(async () => (await hearing(desk, call)).customer.includes('desk'));
      await leavesNothing(desk, call, callId);
      expect(desk.leaks(call.customer)).toEqual([]);
    }));

  it('that there is no way to is refused in words, and the others go on', () =>
    within(async desk => {
      desk.practice.pretend({ appRefused: true });
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      const answer = await desk.ask(callId, 'whisper');
      expect(answer).toMatch(/You are still only listening/);
      expect(closedWithWords(desk, callId)).toBe(answer);
      await leavesNothing(desk, call, callId);
    }));

  it.each([31920, 31921] as const)('whose sound fails with %i is given up', streamError =>
    within(async desk => {
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      desk.practice.pretend({ streamError });
      const answer = await desk.ask(callId, 'whisper');
      expect(answer).toMatch(/still only listening|Your seat/);
      expect(isShut(desk)).toBe(true);
      desk.practice.pretend({ streamError: null });
      await leavesNothing(desk, call, callId);
    }),
  );
});

describe.concurrent('a call of others', { retry: 0 }, () => {
  it.each([31920, 31921] as const)(
    'that may not be heard beside it (%i) is told in words',
    streamError =>
      within(async desk => {
        const call = await desk.meet();
        desk.practice.pretend({ streamError });
        const { callId } = await desk.run({ command: 'listen', callSid: call.customer });
        await until(() => closedWithWords(desk, callId) !== '');
        desk.practice.pretend({ streamError: null });
        await leavesNothing(desk, call, callId);
      }),
  );

  it('whose stream is refused is heard from a muted seat', () =>
    within(async desk => {
      const call = await desk.meet();
      const fault = { path: STREAMS, times: 1, status: 400, code: 31203, when: 'before' } as const;
      desk.practice.pretend({ restFaults: [fault] });
      const { callId } = await desk.run({ command: 'listen', callSid: call.customer });
      await until(() => desk.room(callId)?.seat?.stream === true);
      expect(closedWithWords(desk, callId)).toMatch(/by a muted seat/);
      await until(async () => {
        const [seat] = await seatsIn(desk, call);
        return seat?.muted === true;
      });
      await talkOn(desk, call);
      await leavesNothing(desk, call, callId);
    }));

  it('of which nobody tells when the agent leaves is not whispered into', () =>
    within(async desk => {
      const call = await desk.meet();
      const callId = await desk.listen(call.customer);
      const fault = { path: STREAMS, times: 1, status: 400, code: 31203, when: 'before' } as const;
      desk.practice.pretend({ restFaults: [fault] });
      const answer = await desk.ask(callId, 'whisper');
      expect(closedWithWords(desk, callId)).toBe(answer);
      await leavesNothing(desk, call, callId);
    }));

  it('that is over cannot be entered, and says so', () =>
    within(async desk => {
      const call = await desk.meet();
      desk.practice.farHangUp(call.customer);
      const outcome = await desk.app.run({ command: 'barge', callSid: call.customer });
      expect(outcome).toMatchObject({ ok: true });
      await until(() => desk.app.state().calls[0]?.status === 'ended');
      expect(isShut(desk)).toBe(true);
      await until(async () => (await desk.inside(call)).length === 0);
    }));

  it('that another program serves is heard, and nothing else without moving it', () =>
    within(async desk => {
      const { callSid } = await desk.practice.scene('program');
      desk.app.watched(true);
      await until(() => desk.app.state().accountCalls.some(({ status }) => status === 'live'));
      const callId = await desk.listen(callSid);
      for (const command of ['whisper', 'barge', 'take-over'] as const) {
        const outcome = await desk.app.run({ command, callId });
        expect(outcome, command).toMatchObject({
          ok: false,
          problem: { kind: 'wrong-call-state' },
        });
      }
      expect(isShut(desk)).toBe(true);
      await desk.run({ command: 'leave', callId });
      const heard = () => desk.practice.heardBy(callSid) ?? new Int16Array();
      const before = heard().length;
      await until(() =>
        heard()
          .subarray(before)
          .some(sample => Math.abs(sample) > 1000),
      );
    }));
});

describe.concurrent('a Twilio', { retry: 0 }, () => {
  it.each([
    ['that answers after 6 s', { slowRestMs: 6000 }, { slowRestMs: 0 }],
    ['that wants no more requests', { tooManyRequests: 1000 }, { tooManyRequests: 0 }],
    ['that fails', { serverErrors: 1000 }, { serverErrors: 0 }],
  ] as const)('%s leaves the microphone shut, and nothing behind', (_, bad, good) =>
    within(async desk => {
      const { call, callId } = await whispering(desk);
      desk.practice.pretend(bad);
      const answer = await desk.ask(callId, 'barge');
      expect(answer).toMatch(/You are still only listening/);
      expect(isShut(desk)).toBe(true);
      await desk.passes(1000);
      desk.practice.pretend(good);
      await leavesNothing(desk, call, callId);
      expect(desk.leaks(call.customer)).toEqual([]);
    }),
  );
});
