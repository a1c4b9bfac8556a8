import { z } from 'zod';
import { RECORD_POLICIES, RECORDERS } from './recording.ts';
import { SEAT_WAYS } from './room.ts';
import { LATENCIES, SOUND_PATHS } from './sound.ts';
import { TRANSCRIBERS } from './transcription.ts';
import { UPDATE_CHOICES } from './updates.ts';
import { watchListsSchema } from './watch-list.ts';

/** Where the window's colours come from. */
const THEMES = ['system', 'light', 'dark'] as const;

/** Who may ring here: everybody, those on the list, nobody. */
const INBOUND_POLICIES = ['open', 'allow-list', 'closed'] as const;

/** What becomes of a call while this desk talks on another, or when nobody takes it in time. */
const OVERFLOWS = ['ring', 'queue', 'reject'] as const;

/** Names of the voices a text may be spoken with; each has a counterpart at Twilio. */
export const VOICES = ['alloy', 'echo', 'fable', 'onyx', 'nova', 'shimmer'] as const;

/** E.164, the only form in which numbers are compared. Source: ITU-T E.164 §6. */
const phoneNumber = z.string().regex(/^\+[1-9]\d{1,14}$/, 'write numbers as +14155550177');

/** Where a voice agent listens. */
const agentUrl = z
  .string()
  .max(2000)
  .regex(/^wss?:\/\/\S+$/, 'a voice agent is named by an address that starts with wss:// or ws://');

/** How the calls of a line are written down. */
const lineTranscripts = z.object({
  /** Null: they are not. */
  by: z.enum(TRANSCRIBERS).nullable().default('twilio'),
  /** What is spoken there: BCP-47, such as `en-US`. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'write languages as en-US or de-DE')
    .default('en-US'),
  /** Words and names that are likely to be said. */
  hints: z.array(z.string().trim().min(1).max(100)).max(100).default([]),
});

/** How the calls of each line are written down. */
const transcripts = z.object({
  practice: lineTranscripts.prefault({}),
  twilio: lineTranscripts.prefault({}),
});

/** So long, in seconds, something must last until a call wants to be looked at; null: it never does. */
const alertSeconds = z.number().int().min(2).max(3600).nullable();

/**
 * What the person chose, kept between runs. Every field has a default, so that a missing one is
 * never an error.
 */
export const settingsSchema = z.object({
  /** Microphone by device id; null follows the system's default. */
  inputDeviceId: z.string().max(500).nullable().default(null),
  /** Speaker by device id; null follows the system's default. */
  outputDeviceId: z.string().max(500).nullable().default(null),
  /** Loudness of everything heard here, 0 to 2; 1 is as received. */
  outputVolume: z.number().min(0).max(2).default(1),
  /** Loudness of the own microphone on the wire, 0 to 2. */
  inputVolume: z.number().min(0).max(2).default(1),
  /** `open`: answering opens the microphone. `hold`: a call starts muted and Space opens it while held. */
  talk: z.enum(['open', 'hold']).default('open'),
  /** Whether a ring is played on the speaker. */
  ringSound: z.boolean().default(true),
  theme: z.enum(THEMES).default('system'),
  /** Whether the practice line sends a call when the window opens. */
  practiceRing: z.boolean().default(true),
  /** Whether the first steps were finished or skipped. */
  setUpDone: z.boolean().default(false),
  inboundPolicy: z.enum(INBOUND_POLICIES).default('open'),
  /** Numbers in E.164 that may ring here under the policy `allow-list`. */
  allowList: z.array(phoneNumber).max(1000).default([]),
  /** What becomes of a call that comes while this desk talks on another. */
  whenBusy: z.enum(OVERFLOWS).default('ring'),
  /** What becomes of a call nobody took in `ringSeconds`. */
  whenUnanswered: z.enum(OVERFLOWS).default('ring'),
  ringSeconds: z.number().int().min(5).max(600).default(30),
  /** How long a dialled phone rings, in seconds. Source: Calls resource, `Timeout`. */
  dialSeconds: z.number().int().min(5).max(600).default(30),
  /** Calls end after so many minutes; null leaves it to Twilio (4 hours). */
  longestCallMinutes: z.number().int().min(1).max(1440).nullable().default(null),
  /** Whether dialled calls are asked who took them: a person or a machine. */
  detectMachines: z.boolean().default(false),
  /** The number shown to those who are called; null shows the line's own. */
  callerId: phoneNumber.nullable().default(null),
  /** The voice texts are spoken with. */
  voice: z.enum(VOICES).default('nova'),
  /** The way sound takes: the sound card itself, or the window, which cancels the echo of open speakers. */
  soundPath: z.enum(SOUND_PATHS).default('card'),
  /** The system's sound interface by PortAudio's name; null takes the best. */
  soundHost: z.string().max(100).nullable().default(null),
  latency: z.enum(LATENCIES).default('balanced'),
  /** Whether noise is taken out of the own microphone. */
  suppressNoise: z.boolean().default(false),
  /** Whether other calls are heard more softly while one is spoken on. */
  duckOthers: z.boolean().default(true),
  /** Which calls are recorded unasked. */
  record: z.enum(RECORD_POLICIES).default('asked'),
  /** Who writes recordings. */
  recorder: z.enum(RECORDERS).default('here'),
  /** What both sides are told in words when a recording starts; empty says nothing. */
  recordNotice: z.string().trim().max(500).default(''),
  /** Recordings are deleted after so many days; null keeps them. */
  keepRecordingsDays: z.number().int().min(1).max(3650).nullable().default(null),
  /** Who sits at this desk, as the audit and other desks name them; empty takes the computer's user. */
  deskName: z.string().trim().max(60).default(''),
  /** How this desk gets into conferences; null takes the best that works. */
  seatWay: z.enum(SEAT_WAYS).nullable().default(null),
  /** A second number of the account that brings this desk into conferences where `app:` is refused. */
  seatNumber: phoneNumber.nullable().default(null),
  /** The supervisor's own telephone, where neither is possible. */
  seatPhone: phoneNumber.nullable().default(null),
  /** The voice agent that may serve direct calls: a program that speaks the Media Streams protocol. */
  agentUrl: agentUrl.nullable().default(null),
  agentName: z.string().trim().min(1).max(60).default('Agent'),
  transcripts: transcripts.prefault({}),
  /** Whether card numbers and other digits that are not to be kept are masked where words are kept. */
  redact: z.boolean().default(true),
  /** Whether recordings made here have silence in their place too. */
  redactRecordings: z.boolean().default(false),
  watchLists: watchListsSchema.default([]),
  /** Nobody talks for so long. */
  deadAirSeconds: alertSeconds.default(20),
  /** Both sides talk at once for so long. */
  overTalkSeconds: alertSeconds.default(5),
  /** Somebody is on hold for so long. */
  longHoldSeconds: alertSeconds.default(180),
  /** Whether the desktop shows a notification of these too. */
  notifyOfAlerts: z.boolean().default(false),
  /** Whether links to telephone numbers open here; they only fill the palette. */
  openTelLinks: z.boolean().default(false),
  /** Which newer versions are fetched. */
  updates: z.enum(UPDATE_CHOICES).default('stable'),
});

/** The name of a voice. */
export type Voice = (typeof VOICES)[number];

/** The person's choices. */
export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** The choices of a person who has not chosen yet. */
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** Some settings to change; the others stay. */
export const settingsChangeSchema = z
  .strictObject({
    inputDeviceId: z.string().max(500).nullable(),
    outputDeviceId: z.string().max(500).nullable(),
    outputVolume: z.number().min(0).max(2),
    inputVolume: z.number().min(0).max(2),
    talk: z.enum(['open', 'hold']),
    ringSound: z.boolean(),
    theme: z.enum(THEMES),
    practiceRing: z.boolean(),
    setUpDone: z.boolean(),
    inboundPolicy: z.enum(INBOUND_POLICIES),
    allowList: z.array(phoneNumber).max(1000),
    whenBusy: z.enum(OVERFLOWS),
    whenUnanswered: z.enum(OVERFLOWS),
    ringSeconds: z.number().int().min(5).max(600),
    dialSeconds: z.number().int().min(5).max(600),
    longestCallMinutes: z.number().int().min(1).max(1440).nullable(),
    detectMachines: z.boolean(),
    callerId: phoneNumber.nullable(),
    voice: z.enum(VOICES),
    soundPath: z.enum(SOUND_PATHS),
    soundHost: z.string().max(100).nullable(),
    latency: z.enum(LATENCIES),
    suppressNoise: z.boolean(),
    duckOthers: z.boolean(),
    record: z.enum(RECORD_POLICIES),
    recorder: z.enum(RECORDERS),
    recordNotice: z.string().trim().max(500),
    keepRecordingsDays: z.number().int().min(1).max(3650).nullable(),
    deskName: z.string().trim().max(60),
    seatWay: z.enum(SEAT_WAYS).nullable(),
    seatNumber: phoneNumber.nullable(),
    seatPhone: phoneNumber.nullable(),
    agentUrl: agentUrl.nullable(),
    agentName: z.string().trim().min(1).max(60),
    transcripts,
    redact: z.boolean(),
    redactRecordings: z.boolean(),
    watchLists: watchListsSchema,
    deadAirSeconds: alertSeconds,
    overTalkSeconds: alertSeconds,
    longHoldSeconds: alertSeconds,
    notifyOfAlerts: z.boolean(),
    openTelLinks: z.boolean(),
    updates: z.enum(UPDATE_CHOICES),
  })
  .partial();

/** Some settings to change. */
export type SettingsChange = Partial<Settings>;
