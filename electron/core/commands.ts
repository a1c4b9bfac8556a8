import { z } from 'zod';
import type { CallId } from './call.ts';
import { aboutCall, callName, switchOnCall, text } from './command-parts.ts';
import { isMediaUrl, MOST_CHARACTERS, MOST_MEDIA } from './message.ts';
import { REPLAY_SPEEDS } from './replay.ts';
import { roomCommands } from './room-commands.ts';
import { settingsChangeSchema, VOICES } from './settings.ts';
import { transcriptCommands } from './transcript-commands.ts';

/** Keys of a telephone: digits, star, hash; `w` waits half a second. Source: ITU-T Q.23. */
const digits = z.string().regex(/^[0-9*#w]{1,64}$/, 'digits are 0-9, *, # and w, at most 64');

const voice = z.enum(VOICES).optional();

/** A file that goes with a message: Twilio fetches it. */
const mediaUrl = z
  .string()
  .max(2000)
  .refine(isMediaUrl, 'a file is named by an address that starts with https');

/** What opens an account: its auth token, or an API key; webhooks are only verified by the token. */
const credentials = {
  accountSid: z
    .string()
    .trim()
    .regex(/^AC[0-9a-fA-F]{32}$/, 'an account SID is AC and 32 hex digits'),
  authToken: z.string().trim().min(1).max(200).optional(),
  apiKey: z
    .string()
    .trim()
    .regex(/^SK[0-9a-fA-F]{32}$/, 'an API key SID is SK and 32 hex digits')
    .optional(),
  apiSecret: z.string().trim().min(1).max(200).optional(),
};

/** How Twilio reaches this computer. */
const address = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tunnel'),
    authtoken: z.string().trim().min(1).max(200),
    domain: z.string().trim().max(253).optional(),
  }),
  z.object({ kind: z.literal('given'), url: z.string().trim().max(2000) }),
  z.object({ kind: z.literal('none') }),
]);

/** How fast sound is played again. */
const replaySpeed = z.literal([...REPLAY_SPEEDS]);

/** Everything that can be asked of Earshot, from the window or from outside. Defined here once. */
export const commandSchema = z.discriminatedUnion('command', [
  z.object({
    command: z.literal('dial'),
    to: z.string().min(1).max(100),
    from: z.string().max(100).optional(),
    /** Keys pressed once the call is answered; turns machine detection off. */
    sendDigits: z
      .string()
      .regex(/^[0-9*#wW]{1,32}$/, 'digits are 0-9, *, #, w and W, at most 32')
      .optional(),
    detectMachine: z.boolean().optional(),
    /** Whether the call is recorded from its start; left out, the settings say. */
    record: z.boolean().optional(),
  }),
  /** Calls somebody only to speak a message; the call ends `hangUpAfter` seconds after it. */
  z.object({
    command: z.literal('notify'),
    to: z.string().min(1).max(100),
    text,
    from: z.string().max(100).optional(),
    voice,
    hangUpAfter: z.number().int().min(0).max(60).optional(),
  }),
  /** Takes a call that rings or waits here. */
  aboutCall('answer'),
  /** Lets a call that rings here wait in the hold queue. */
  aboutCall('enqueue'),
  aboutCall('decline'),
  aboutCall('hang-up'),
  switchOnCall('mute'),
  switchOnCall('hold'),
  z.object({ command: z.literal('send-digits'), ...callName, digits }),
  /** Speaks a text into a call. */
  z.object({ command: z.literal('say'), ...callName, text, voice }),
  /** Lets Twilio listen for words or keys on a call; the answer arrives as events with the same turn. */
  z.object({
    command: z.literal('gather'),
    ...callName,
    text: text.optional(),
    voice,
    input: z.enum(['speech', 'digits', 'both']).optional(),
    numDigits: z.number().int().min(1).max(64).optional(),
    timeoutSeconds: z.number().int().min(1).max(60).optional(),
  }),
  z.object({ command: z.literal('play-file'), ...callName, path: z.string().min(1).max(4096) }),
  z.object({ command: z.literal('set-volume'), ...callName, volume: z.number().min(0).max(2) }),
  /** Where the other side is heard: -1 left to 1 right. */
  z.object({ command: z.literal('set-pan'), ...callName, pan: z.number().min(-1).max(1) }),
  /** Does not let the other side be heard here; the call knows nothing of it. */
  switchOnCall('silence'),
  /** Lets this call be heard alone. */
  switchOnCall('solo'),
  /** Starts or stops the recording of a live call. */
  switchOnCall('record'),
  /** Leaves out of the recording what comes now; silence stands in its place. */
  switchOnCall('pause-recording'),
  /** How the sound of the live calls goes, or of one call also after its end. */
  aboutCall('quality'),
  /** The recordings of a call with what happened on it, each at its place in the sound. */
  aboutCall('recordings'),
  /** Writes a recording to a file of its own in the format named, whatever the file is called. */
  z.object({
    command: z.literal('export-recording'),
    recordingId: z.string().max(100),
    path: z.string().min(1).max(4096),
    format: z.enum(['wav', 'mp3']),
  }),
  z.object({ command: z.literal('delete-recording'), recordingId: z.string().max(100) }),
  /** Plays the sound of a call again from here on: of the last half hour while it is live, else as recorded. */
  z.object({
    command: z.literal('start-replay'),
    ...callName,
    atMs: z.number().min(0).optional(),
    speed: replaySpeed.optional(),
  }),
  z.object({ command: z.literal('pause-replay'), on: z.boolean() }),
  z.object({ command: z.literal('seek-replay'), atMs: z.number().min(0) }),
  z.object({
    command: z.literal('tune-replay'),
    speed: replaySpeed.optional(),
    skipSilence: z.boolean().optional(),
  }),
  /** Stops playing; a live call is heard as it is again. */
  z.object({ command: z.literal('end-replay') }),
  ...roomCommands,
  ...transcriptCommands,
  /** Gives this desk's one microphone to a call. */
  aboutCall('take-microphone'),
  /** The talk key went down or up; opens the microphone while it is down. */
  z.object({ command: z.literal('hold-to-talk'), on: z.boolean() }),
  z.object({ command: z.literal('change-settings'), settings: settingsChangeSchema }),
  /** Opens microphone and speaker for a test without a call; reaches nobody. */
  z.object({ command: z.literal('sound-check'), on: z.boolean() }),
  /** Plays a short voice on the speaker; reaches nobody. */
  z.object({ command: z.literal('test-speaker') }),
  /** Opens the sound card again. */
  z.object({ command: z.literal('retry-sound') }),
  /** Devices were plugged in or out, or the system's default changed. */
  z.object({ command: z.literal('look-for-devices') }),
  /** Opens the line again, on another port when one is given (0 takes any free one). */
  z.object({
    command: z.literal('open-line'),
    port: z.number().int().min(0).max(65535).optional(),
  }),
  /** Looks at an account without changing anything. */
  z.object({ command: z.literal('check-account'), ...credentials }),
  /** Uses an account from now on; `takeNumber` sends the number's calls here. */
  z.object({
    command: z.literal('connect-account'),
    ...credentials,
    number: z.string().max(100),
    /** Left out, the address that is kept stays. */
    address: address.optional(),
    takeNumber: z.boolean(),
  }),
  /** Gives the number back, forgets the account and goes back to the practice line. */
  z.object({ command: z.literal('disconnect-account') }),
  /** Uses the practice line or the account that is kept. */
  z.object({ command: z.literal('use-line'), kind: z.enum(['practice', 'twilio']) }),
  /** Sends the number's calls here, also when another desk takes them now. */
  z.object({ command: z.literal('take-number') }),
  /** Sends the number's calls where they went before. */
  z.object({ command: z.literal('give-number-back') }),
  /** Finds out whether Twilio reaches this computer. */
  z.object({ command: z.literal('test-line') }),
  /** Opens the tunnel again now instead of when its pause is over. */
  z.object({ command: z.literal('retry-tunnel') }),
  /** What Twilio reported lately about the account's calls, in words. */
  z.object({ command: z.literal('alerts') }),
  z.object({ command: z.literal('dismiss-problem'), problemId: z.string().max(100) }),
  /** Asks the practice line to call here; `number` names who. */
  z.object({ command: z.literal('ring-me'), number: z.string().max(100).optional() }),
  z.object({ command: z.literal('calls') }),
  z.object({
    command: z.literal('history'),
    query: z.string().max(200).optional(),
    limit: z.number().int().min(1).max(1000).optional(),
  }),
  /** Sends a text, files, or both; `from` is another number of the account. */
  z
    .object({
      command: z.literal('send-message'),
      to: z.string().min(1).max(100),
      body: z
        .string()
        .max(MOST_CHARACTERS, `a message has at most ${MOST_CHARACTERS} characters`)
        .optional(),
      mediaUrls: z
        .array(mediaUrl)
        .max(MOST_MEDIA, `a message has at most ${MOST_MEDIA} files`)
        .optional(),
      from: z.string().max(100).optional(),
    })
    .refine(
      ({ body = '', mediaUrls = [] }) => body.trim() !== '' || mediaUrls.length > 0,
      'a message has a body or mediaUrls',
    ),
  /** The last messages, oldest first; `with` names one number. */
  z.object({
    command: z.literal('messages'),
    with: z.string().min(1).max(100).optional(),
    limit: z.number().int().min(1).max(1000).optional(),
  }),
  /** Looks for a newer version now; what is found arrives as events. */
  z.object({ command: z.literal('check-for-updates') }),
  /** Ends the app and opens the new version that lies ready; never beside a call. */
  z.object({ command: z.literal('install-update') }),
  /** Writes a zip that helps to find a fault and tells of nobody. */
  z.object({ command: z.literal('export-diagnostics'), path: z.string().min(1).max(4096) }),
  z.object({ command: z.literal('shut-down') }),
]);

/** An imperative. Its effect arrives later as events. */
export type Command = Readonly<z.output<typeof commandSchema>>;

/** The name of a command. */
export type CommandName = Command['command'];

/** How a command names a call. */
export type CallName = {
  readonly callId?: CallId | undefined;
  readonly callSid?: string | undefined;
};
