import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Interlude } from '../../electron/practice/conference-options.ts';
import { type AppServer, createAppServer } from './app-server.ts';
import {
  type Attendee,
  type ConferenceRoom,
  isThere,
  openRoom,
  soundingMs,
} from './conference-room.ts';
import { response } from './fixture.ts';

/** A frequency of the key 5 and of no other sound here. */
const KEY_HZ = 1336;

let app: AppServer;
let room: ConferenceRoom;

beforeEach(async () => {
  app = await createAppServer();
  room = openRoom();
});

afterEach(async () => {
  room.conference.end();
  room.line.webhooks.close();
  await app.close();
});

function at(url: string): Interlude {
  return { url, method: 'POST' };
}

/** Lets time go on until somebody hears the key. */
function hearsKey(attendee: Attendee): Promise<void> {
  return later(() => expect(isThere(KEY_HZ, room.hear(attendee, 100))).toBe(true));
}

function later(check: () => void): Promise<void> {
  return vi.waitFor(
    () => {
      room.clock.advance(20);
      check();
    },
    { timeout: 60_000, interval: 2 },
  );
}

describe('who waits', () => {
  it('hears the TwiML of waitUrl, over and over when it redirects, until the conference starts', async () => {
    const url = app.on('/wait', response('<Play digits="5"/><Pause length="1"/><Redirect/>'));
    const customer = room.join('customer', { wait: at(url) }, true);
    await hearsKey(customer);
    await later(() => expect(app.requests('/wait').length).toBeGreaterThan(2));
    expect(app.requests('/wait')[0]?.params).toMatchObject({ CallSid: customer.call.sid });
    room.join('agent');
    expect(room.heardBy(customer)).toEqual(['agent']);
  });

  it('hears silence once there are no more verbs', async () => {
    const url = app.on('/wait', response('<Play digits="5"/>'));
    const customer = room.join('customer', { wait: at(url) }, true);
    await hearsKey(customer);
    room.clock.advance(500);
    expect(soundingMs(room.hear(customer, 1000))).toBe(0);
    expect(app.requests('/wait')).toHaveLength(1);
  });

  it('hears no verb that is not allowed', async () => {
    const url = app.on('/wait', response('<Dial>+14155550122</Dial><Play digits="5"/>'));
    const customer = room.join('customer', { wait: at(url) }, true);
    await hearsKey(customer);
    expect(room.line.alerts.list()).toMatchObject([{ code: 13238, callSid: customer.call.sid }]);
  });

  it('hears silence instead of what cannot be had', async () => {
    const url = app.on('/wait', { status: 500 });
    const customer = room.join('customer', { wait: at(url) }, true);
    await later(() => expect(room.line.alerts.list()).toMatchObject([{ code: 11200 }]));
    expect(soundingMs(room.hear(customer, 500))).toBe(0);
    expect(room.conference.participants).toHaveLength(1);
  });
});

describe('who is on hold', () => {
  it('hears the TwiML of the hold, and music at the next without one', async () => {
    const url = app.on('/hold', response('<Play digits="5" loop="0"/>'));
    const customer = room.join('customer', {}, true);
    room.join('agent', {}, true);
    room.conference.update(customer.call.sid, { hold: true, holdSound: at(url) });
    await hearsKey(customer);
    room.conference.update(customer.call.sid, { hold: false });
    room.clock.advance(200);
    expect(soundingMs(room.hear(customer, 500))).toBe(0);
    room.conference.update(customer.call.sid, { hold: true });
    room.clock.advance(200);
    expect(isThere(KEY_HZ, room.hear(customer, 500))).toBe(false);
    expect(soundingMs(room.hear(customer, 500))).toBeGreaterThan(400);
  });
});

describe('an announcement', () => {
  it('is heard by all over the others, or by one alone', async () => {
    const url = app.on('/words', response('<Play digits="5" loop="20"/>'));
    const customer = room.join('customer');
    const agent = room.join('agent');
    room.conference.announce(at(url), agent.call.sid);
    await hearsKey(agent);
    expect(isThere(KEY_HZ, room.hear(customer, 200))).toBe(false);
    room.conference.announce(at(url));
    await hearsKey(customer);
    expect(room.heardBy(customer)).toEqual(['agent']);
  });
});
