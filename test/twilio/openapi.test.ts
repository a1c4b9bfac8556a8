import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import * as account from '../../electron/twilio/account.ts';
import * as alerts from '../../electron/twilio/alerts.ts';
import { createMessageRest, type MessageRest } from '../../electron/twilio/message-rest.ts';
import * as numbers from '../../electron/twilio/numbers.ts';
import { createRecordingRest, type RecordingRest } from '../../electron/twilio/recording-rest.ts';
import { createRest, type Rest } from '../../electron/twilio/rest.ts';
import { type Client, createRestClient } from '../../electron/twilio/rest-client.ts';
import { createRoomRest, type RoomRest } from '../../electron/twilio/room-rest.ts';
import {
  createTranscriptionRest,
  type TranscriptionRest,
} from '../../electron/twilio/transcription-rest.ts';
import { quietLog } from '../support/quiet-log.ts';
import { openRecordingProxy, type RecordingProxy } from '../support/recording-proxy.ts';
import { checkRequest } from '../support/twilio-request.ts';

let practice: PracticeLine;
let proxy: RecordingProxy;
let client: Client;
let rest: Rest;
let messages: MessageRest;
let recordings: RecordingRest;
let rooms: RoomRest;
let transcriptions: TranscriptionRest;

beforeEach(async () => {
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
  proxy = await openRecordingProxy(practice.apiUrl);
  client = createRestClient({ ...practice, apiUrl: proxy.url }, systemClock, Math.random);
  rest = createRest(client);
  messages = createMessageRest(client);
  recordings = createRecordingRest(client);
  rooms = createRoomRest(client);
  transcriptions = createTranscriptionRest(client);
});

afterEach(async () => {
  await proxy.close();
  await practice.close();
});

const TO = '+14155550111';
const UNKNOWN = `CA${'0'.repeat(32)}`;
const TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response><Pause length="60"/></Response>';
const VOICE = 'http://127.0.0.1:9/voice';
const STATUS = 'http://127.0.0.1:9/status';

// Twilio refuses some of these; that a request is valid does not depend on it.
const quietly = (request: Promise<unknown>): Promise<unknown> => request.catch(() => undefined);

const restExamples: Record<keyof Rest, () => Promise<unknown>> = {
  dial: async () => {
    const from = practice.number;
    await rest.dial({ to: TO, from, twiml: TWIML });
    await rest.dial({ to: TO, from, url: VOICE, statusCallback: STATUS, sendDigits: 'ww12#' });
    const rare = { timeoutS: 20, timeLimitS: 600, callerId: from, amdCallback: STATUS };
    for (const machineDetection of ['detect', 'message-end'] as const) {
      await quietly(rest.dial({ to: TO, from, url: VOICE, ...rare, machineDetection }));
    }
  },
  end: async () => {
    await rest.end(UNKNOWN, 'canceled');
    await rest.end(UNKNOWN, 'completed');
  },
  fetch: () => rest.fetch(UNKNOWN),
  redirect: async () => {
    await quietly(rest.redirect(UNKNOWN, { url: VOICE }));
    await quietly(rest.redirect(UNKNOWN, { twiml: TWIML }));
  },
  liveCalls: () => rest.liveCalls(),
};

const messageExamples: Record<keyof MessageRest, () => Promise<unknown>> = {
  send: async () => {
    const message = { to: TO, from: practice.number, body: 'Hello.' };
    await messages.send({ ...message, mediaUrls: [] });
    const mediaUrls = ['https://files.example.com/a.jpg', 'https://files.example.com/b.pdf'];
    await messages.send({ ...message, mediaUrls, statusCallback: STATUS });
    await messages.send({ ...message, body: '', mediaUrls });
  },
  senders: () => messages.senders(),
};

const RECORDING = `RE${'0'.repeat(32)}`;

const recordingExamples: Record<
  Exclude<keyof RecordingRest, 'sound' | 'accountSid'>,
  () => Promise<unknown>
> = {
  start: async () => {
    await quietly(recordings.start(UNKNOWN, null));
    await quietly(recordings.start(UNKNOWN, STATUS));
  },
  running: () => recordings.running(UNKNOWN),
  pause: async () => {
    await quietly(recordings.pause(UNKNOWN, RECORDING, true));
    await quietly(recordings.pause(UNKNOWN, RECORDING, false));
  },
  stop: () => recordings.stop(UNKNOWN, RECORDING),
  fetch: () => recordings.fetch(RECORDING),
  remove: () => recordings.remove(RECORDING),
};

const transcriptionExamples: Record<keyof TranscriptionRest, () => Promise<unknown>> = {
  start: async () => {
    const asked = {
      name: 'earshot-1',
      callback: STATUS,
      language: 'en-US',
      labels: { inbound: 'Customer', outbound: 'Agent' },
    };
    for (const tracks of [['inbound', 'outbound'], ['inbound'], ['outbound']] as const) {
      await quietly(transcriptions.start(UNKNOWN, { ...asked, tracks, hints: ['Earshot'] }));
    }
    await quietly(transcriptions.start(UNKNOWN, { ...asked, tracks: ['inbound'], hints: [] }));
  },
  stop: async () => {
    await quietly(transcriptions.stop(UNKNOWN, `GT${'0'.repeat(32)}`));
    await quietly(transcriptions.stop(UNKNOWN, 'earshot-1'));
  },
};

const CONFERENCE = `CF${'0'.repeat(32)}`;

const newParticipant = {
  to: TO,
  from: '+14155550100',
  label: 'person-1',
  muted: false,
  starts: true,
  legCallback: STATUS,
  conferenceCallback: STATUS,
  isSeat: false,
};

const roomExamples: {
  readonly [Part in keyof RoomRest]: Readonly<Record<keyof RoomRest[Part], () => Promise<unknown>>>;
} = {
  conferences: {
    list: () => rooms.conferences.list(),
    participants: () => rooms.conferences.participants(CONFERENCE),
    named: () => rooms.conferences.named('room-1'),
    nameOf: () => quietly(rooms.conferences.nameOf(CONFERENCE)),
    change: async () => {
      for (const change of [
        { muted: true },
        { hold: false },
        { coaching: `CA${'1'.repeat(32)}` },
        { coaching: null, muted: false },
      ]) {
        await quietly(rooms.conferences.change(CONFERENCE, UNKNOWN, change));
      }
    },
    remove: () => rooms.conferences.remove(CONFERENCE, UNKNOWN),
    create: async () => {
      await rooms.conferences.create('room-1', newParticipant);
      const to = `app:AP${'0'.repeat(32)}?call_id=call-1&seat=s`;
      const seat = { ...newParticipant, to, muted: true, starts: false, isSeat: true };
      await quietly(rooms.conferences.create(CONFERENCE, seat));
    },
  },
  streams: {
    start: async () => {
      const stream = { url: 'wss://desk.example/voice/stream', name: 'a', callback: STATUS };
      for (const track of ['both_tracks', 'inbound_track'] as const) {
        await quietly(rooms.streams.start(UNKNOWN, { ...stream, track, token: 't' }));
      }
    },
    stop: () => rooms.streams.stop(UNKNOWN, `MZ${'0'.repeat(32)}`),
  },
  queues: {
    members: () => rooms.queues.members(),
    take: () => quietly(rooms.queues.take(`QU${'0'.repeat(32)}`, UNKNOWN, VOICE)),
  },
  applications: {
    named: () => rooms.applications.named('Seat'),
    create: () => rooms.applications.create('Seat', VOICE),
    point: () => quietly(rooms.applications.point(`AP${'0'.repeat(32)}`, VOICE)),
    remove: () => rooms.applications.remove(`AP${'0'.repeat(32)}`),
  },
};

const allRoomExamples = Object.entries(roomExamples).flatMap(([part, examples]) =>
  Object.entries(examples).map(([name, ask]) => [`${part}: ${name}`, ask] as const),
);

/** The description tells of no files, and the account is only named. */
const NOT_DESCRIBED = ['sound', 'accountSid'];

async function ownNumber(): Promise<numbers.OwnedNumber> {
  const [owned] = await numbers.listNumbers(client, practice.number);
  if (owned === undefined) throw new Error('The practice line has no number');
  return owned;
}

const readerExamples: Record<string, () => unknown> = {
  readAccount: () => account.readAccount(client),
  readAlerts: () => alerts.readAlerts(client, new Date(0)),
  listNumbers: () => numbers.listNumbers(client),
  pointNumber: async () => {
    const { sid } = await ownNumber();
    await numbers.pointNumber(client, sid, { voiceUrl: VOICE, statusCallback: STATUS });
    const all = { voiceUrl: VOICE, statusCallback: STATUS, smsUrl: 'http://127.0.0.1:9/sms' };
    await numbers.pointNumber(client, sid, all);
  },
  restoreNumber: async () => numbers.restoreNumber(client, await ownNumber()),
  callerIds: () => numbers.callerIds(client),
};

/** Puts an alert into words; asks nothing of Twilio. */
const ASKS_NOTHING = ['explainAlert'];

async function expectValid(ask: () => unknown): Promise<void> {
  await ask();
  expect(proxy.exchanges).not.toEqual([]);
  const faults = proxy.exchanges.flatMap(exchange =>
    checkRequest(exchange).map(fault => `${exchange.method} ${exchange.url}: ${fault}`),
  );
  expect(faults).toEqual([]);
}

describe('every request to Twilio is as its published description wants it', () => {
  it.each(Object.entries(restExamples))('%s a call', (_, ask) => expectValid(ask));

  it.each(Object.entries(messageExamples))('%s a message', (_, ask) => expectValid(ask));

  it.each(Object.entries(recordingExamples))('%s a recording', (_, ask) => expectValid(ask));

  it.each(Object.entries(transcriptionExamples))('%s a transcription', (_, ask) =>
    expectValid(ask),
  );

  it.each(allRoomExamples)('%s', (_, ask) => expectValid(ask));

  it.each(Object.entries(readerExamples))('%s', (_, ask) => expectValid(ask));

  it('and each has an example here', () => {
    expect(Object.keys(restExamples).sort()).toEqual(Object.keys(rest).sort());
    expect(Object.keys(messageExamples).sort()).toEqual(Object.keys(messages).sort());
    const recorded = [...Object.keys(recordingExamples), ...NOT_DESCRIBED];
    expect(recorded.sort()).toEqual(Object.keys(recordings).sort());
    expect(Object.keys(transcriptionExamples).sort()).toEqual(Object.keys(transcriptions).sort());
    const names = Object.entries(rooms).flatMap(([part, functions]) =>
      Object.keys(functions).map(name => `${part}: ${name}`),
    );
    expect(allRoomExamples.map(([name]) => name).sort()).toEqual(names.sort());
    const exported = Object.keys({ ...account, ...alerts, ...numbers });
    const known = [...Object.keys(readerExamples), ...ASKS_NOTHING];
    expect(known.sort()).toEqual(exported.sort());
  });
});
