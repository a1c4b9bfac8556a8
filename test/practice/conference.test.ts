import { describe, expect, it } from 'vitest';
import type { JitterBufferSize } from '../../electron/practice/conference-options.ts';
import { amplitudeAt } from '../support/tones.ts';
import { burst, isThere, onsetMs, openRoom, soundingMs } from './conference-room.ts';

function threeInRoom() {
  const room = openRoom();
  const customer = room.join('customer');
  const agent = room.join('agent');
  const supervisor = room.join('supervisor', { label: 'seat-desk' });
  const heard = () => ({
    customer: room.heardBy(customer),
    agent: room.heardBy(agent),
    supervisor: room.heardBy(supervisor),
  });
  return { ...room, customer, agent, supervisor, heard };
}

const ALL_HEAR_ALL = {
  customer: ['agent', 'supervisor'],
  agent: ['customer', 'supervisor'],
  supervisor: ['customer', 'agent'],
};
const SUPERVISOR_UNHEARD = { ...ALL_HEAR_ALL, customer: ['agent'], agent: ['customer'] };
const SUPERVISOR_WITH_AGENT = { ...ALL_HEAR_ALL, customer: ['agent'] };

describe('a conference', () => {
  it('lets everybody hear all others and nobody themselves', () => {
    expect(threeInRoom().heard()).toEqual(ALL_HEAR_ALL);
  });

  it('lets nobody hear who is muted, who hears all', () => {
    const { conference, supervisor, heard } = threeInRoom();
    conference.update(supervisor.call.sid, { muted: true });
    expect(heard()).toEqual(SUPERVISOR_UNHEARD);
    conference.update('seat-desk', { muted: false });
    expect(heard()).toEqual(ALL_HEAR_ALL);
  });

  it('lets the coached alone hear the coach, who hears all', () => {
    const { agent, conference, heard } = threeInRoom();
    conference.update('seat-desk', { callSidToCoach: agent.call.sid });
    expect(heard()).toEqual(SUPERVISOR_WITH_AGENT);
    conference.update('seat-desk', { muted: true });
    expect(heard()).toEqual(SUPERVISOR_UNHEARD);
    conference.update('seat-desk', { muted: false });
    expect(heard()).toEqual(SUPERVISOR_WITH_AGENT);
    conference.update('seat-desk', { coaching: false });
    expect(heard()).toEqual(ALL_HEAR_ALL);
  });

  it('changes whom a coach coaches', () => {
    const { agent, conference, customer, heard } = threeInRoom();
    conference.update('seat-desk', { coaching: true, callSidToCoach: agent.call.sid });
    conference.update('seat-desk', { coaching: true, callSidToCoach: customer.call.sid });
    expect(heard()).toEqual({ ...ALL_HEAR_ALL, agent: ['customer'] });
  });

  it('gives music to who is on hold, whom nobody hears', () => {
    const { agent, conference, hear, heard } = threeInRoom();
    conference.update(agent.call.sid, { hold: true });
    expect(heard()).toEqual({ customer: ['supervisor'], agent: [], supervisor: ['customer'] });
    expect(soundingMs(hear(agent, 1000))).toBeGreaterThan(900);
    conference.update(agent.call.sid, { hold: false });
    expect(heard()).toEqual(ALL_HEAR_ALL);
  });

  it('lets nobody hear a coach whose coached participant is on hold or gone', () => {
    const { agent, conference, customer, heard, heardBy, supervisor } = threeInRoom();
    conference.update('seat-desk', { callSidToCoach: agent.call.sid });
    conference.update(agent.call.sid, { hold: true });
    expect(heard()).toEqual({ customer: [], agent: [], supervisor: ['customer'] });
    conference.update(agent.call.sid, { hold: false });
    agent.call.end('completed');
    expect(heardBy(customer)).toEqual([]);
    expect(heardBy(supervisor)).toEqual(['customer']);
    expect(conference.find('seat-desk')).toMatchObject({
      coaching: true,
      callSidToCoach: agent.call.sid,
    });
  });

  it('lets everybody hear such a coach while that is pretended', () => {
    const { agent, conference, customer, heardBy, line } = threeInRoom();
    line.pretences.change({ coachFallsThrough: true });
    conference.update('seat-desk', { callSidToCoach: agent.call.sid });
    agent.call.end('completed');
    expect(heardBy(customer)).toEqual(['supervisor']);
    expect(conference.find('seat-desk')?.coaching).toBe(false);
  });

  it('goes from mode to mode without a frame that is too much', () => {
    const { agent, clock, conference, customer, hear, supervisor } = threeInRoom();
    conference.update('seat-desk', { muted: true });
    clock.advance(200);
    const leaked: number[] = [];
    const step = (change: Parameters<typeof conference.update>[1]): void => {
      conference.update(supervisor.call.sid, change);
      leaked.push(amplitudeAt(hear(customer, 100), 850));
    };
    for (let round = 0; round < 5; round += 1) {
      step({ muted: true });
      step({ coaching: true, callSidToCoach: agent.call.sid });
      step({ muted: false });
      step({ muted: true });
      step({ coaching: false });
    }
    // One frame in five would have a fifth of its amplitude, more than a thousand.
    expect(Math.max(...leaked)).toBeLessThan(20);
  });
});

describe('the jitter buffer', () => {
  it.each([
    ['off', 0],
    ['small', 20],
    ['medium', 40],
    ['large', 60],
  ] as const)('%s holds sound back by %i ms', (jitterBufferSize, delayMs) => {
    const { clock, hear, join } = openRoom();
    const speaker = join('agent', { jitterBufferSize }, true);
    const listener = join('customer', {}, true);
    clock.advance(100);
    void speaker.call.leg.interject(burst(650, 100));
    expect(Math.round(onsetMs(hear(listener, 300)) ?? Number.NaN)).toBe(delayMs);
  });

  function speaks(jitterBufferSize: JitterBufferSize, before: boolean) {
    const room = openRoom();
    const speaker = room.join('agent', { jitterBufferSize, muted: before }, true);
    const listener = room.join('customer', {}, true);
    room.clock.advance(100);
    void speaker.call.leg.interject(burst(650, 40));
    room.clock.advance(40);
    room.conference.update(speaker.call.sid, { muted: !before });
    return soundingMs(room.hear(listener, 300));
  }

  it('loses what was said before a mute and had not come out', () => {
    expect(speaks('large', false)).toBe(0);
    expect(speaks('off', false)).toBeLessThanOrEqual(20);
  });

  it('lets out what was said before an unmute', () => {
    expect(speaks('large', true)).toBeGreaterThan(35);
    expect(speaks('off', true)).toBe(0);
  });
});

describe('before a conference', () => {
  it('there is music for whoever is alone, also when the others have left again', () => {
    const { conference, hear, heardBy, join } = openRoom();
    const customer = join('customer', {}, true);
    expect(conference.status).toBe('init');
    expect(soundingMs(hear(customer, 1000))).toBeGreaterThan(900);
    const agent = join('agent');
    expect(conference.status).toBe('in-progress');
    expect(heardBy(customer)).toEqual(['agent']);
    agent.call.end('completed');
    expect(heardBy(customer)).toEqual([]);
    expect(soundingMs(hear(customer, 1000))).toBeGreaterThan(900);
    expect(conference.status).toBe('in-progress');
  });

  it('all hear music until somebody comes who starts it', () => {
    const { conference, heardBy, join } = openRoom();
    const customer = join('customer', { startConferenceOnEnter: false });
    const agent = join('agent', { startConferenceOnEnter: false });
    expect([heardBy(customer), heardBy(agent), conference.status]).toEqual([[], [], 'init']);
    join('supervisor');
    expect([heardBy(customer), conference.status]).toEqual([
      ['agent', 'supervisor'],
      'in-progress',
    ]);
  });

  it('there is silence for an empty waitUrl', () => {
    const { hear, join } = openRoom();
    const customer = join('customer', { wait: { url: '', method: 'POST' } });
    expect(soundingMs(hear(customer, 1000))).toBe(0);
  });
});

describe('beeps', () => {
  const cases = [
    ['true', true, true],
    ['false', false, false],
    ['onEnter', true, false],
    ['onExit', false, true],
  ] as const;
  it.each(cases)('of %s tell coming %s and going %s to all', (beep, enter, exit) => {
    const { clock, hear, join } = openRoom();
    const customer = join('customer', {}, true);
    join('agent', {}, true);
    clock.advance(100);
    const supervisor = join('supervisor', { beep }, true);
    expect(isThere(1430, hear(customer, 200))).toBe(enter);
    clock.advance(300);
    supervisor.redirect();
    expect(isThere(370, hear(customer, 200))).toBe(exit);
  });

  it('of going can be changed', () => {
    const { conference, hear, join } = openRoom();
    const customer = join('customer', {}, true);
    join('agent', {}, true);
    const supervisor = join('supervisor', {}, true);
    conference.update(supervisor.call.sid, { beepOnExit: true });
    conference.kick(supervisor.call.sid);
    expect(isThere(370, hear(customer, 200))).toBe(true);
  });
});

describe('leaving', () => {
  it('tells how each came out, and ends with the last', async () => {
    const { clock, conference, customer, agent, supervisor } = threeInRoom();
    supervisor.redirect();
    expect(conference.kick(agent.call.sid)).toBe(true);
    expect(conference.kick(agent.call.sid)).toBe(false);
    expect(agent.call.status).toBe('in-progress');
    customer.call.end('completed');
    expect(await Promise.all([customer.out, agent.out, supervisor.out])).toEqual([
      'hung-up',
      'kicked',
      'redirected',
    ]);
    expect(conference).toMatchObject({
      status: 'completed',
      reasonEnded: 'last-participant-left',
      callSidEndingConference: customer.call.sid,
      participants: [],
    });
    agent.call.end('completed');
    supervisor.call.end('completed');
    expect(clock.timers()).toBe(0);
  });

  it('ends it for all when it is to, or by REST', async () => {
    const first = threeInRoom();
    first.conference.update(first.customer.call.sid, { endConferenceOnExit: true });
    first.customer.call.end('completed');
    expect(await Promise.all([first.agent.out, first.supervisor.out])).toEqual(['ended', 'ended']);
    expect(first.agent.call.status).toBe('in-progress');
    expect(first.conference.reasonEnded).toBe('participant-with-end-conference-on-exit-left');
    const second = threeInRoom();
    second.conference.end();
    expect(await second.agent.out).toBe('ended');
    expect(second.conference.reasonEnded).toBe('conference-ended-via-api');
    expect(second.conference.callSidEndingConference).toBeUndefined();
  });
});
