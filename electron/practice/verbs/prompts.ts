import { SAMPLE_RATE_HZ } from '../../core/audio/frame.ts';
import { resample } from '../../core/audio/resample.ts';
import { readWav } from '../../core/audio/wav.ts';
import type { Voice } from '../../speech/flite.ts';
import { alert } from '../line.ts';
import type { Program } from '../program.ts';
import { keyTones } from '../tone.ts';
import type { Prompt, Verb } from '../verb.ts';
import { wait } from '../wait.ts';

/** Twilio's limit for the text of one Say. */
const MAX_TEXT = 4096;

/** The largest sound file that is played, in bytes. */
const MAX_SOUND_BYTES = 20_000_000;

/** Voices of men among the names that TwiML may give; all others are women's. */
const MENS_VOICES =
  /^man$|Matthew|Joey|Justin|Kevin|Stephen|Gregory|Brian|Arthur|Russell|Geraint|-[BD]$/i;

/** Whether a verb only tells the caller something. */
export function isPrompt(verb: Verb): verb is Prompt {
  return verb.verb === 'Say' || verb.verb === 'Play' || verb.verb === 'Pause';
}

/** Tells the far person something; resolves when they have heard it or `signal` aborts. */
export async function playPrompt(
  program: Program,
  prompt: Prompt,
  signal = program.signal,
): Promise<void> {
  if (prompt.verb === 'Pause') return wait(program.line.clock, prompt.ms, signal);
  const samples = await soundOf(program, prompt);
  if (samples === undefined) return;
  const times = prompt.loop === 0 ? Number.POSITIVE_INFINITY : prompt.loop;
  for (let turn = 0; turn < times && !signal.aborted; turn += 1) {
    await program.call.leg.play(samples, signal, textOf(prompt));
  }
}

/** What a Say or Play sounds like, once; undefined when it could not be had. */
export async function soundOf(
  program: Program,
  prompt: Exclude<Prompt, { verb: 'Pause' }>,
): Promise<Int16Array | undefined> {
  if (prompt.verb === 'Say') return spoken(program, prompt.text, prompt.voice);
  return sound(program, prompt);
}

/** What is said in a prompt; undefined for a sound. */
export function textOf(prompt: Prompt): string | undefined {
  return prompt.verb === 'Say' ? prompt.text.slice(0, MAX_TEXT) : undefined;
}

/** Says a text to the far person. */
export async function sayTo(program: Program, text: string, voice: string): Promise<void> {
  const samples = await spoken(program, text, voice);
  if (samples !== undefined) await program.call.leg.play(samples, program.signal, text);
}

async function spoken(
  { line, call, signal }: Program,
  text: string,
  voice: string,
): Promise<Int16Array | undefined> {
  if (text.length > MAX_TEXT) alert(line, call, 13510, 'The text of a Say was cut');
  const speaker: Voice = { name: MENS_VOICES.test(voice) ? 'rms' : 'slt' };
  try {
    return await line.speech.speak(text.slice(0, MAX_TEXT), speaker);
  } catch (error) {
    if (!signal.aborted) {
      line.log.error({ error: String(error) }, 'The practice line could not speak');
    }
    return undefined;
  }
}

async function sound(
  { line, call, url, signal }: Program,
  prompt: Extract<Prompt, { verb: 'Play' }>,
): Promise<Int16Array | undefined> {
  if (prompt.digits !== '') return keyTones(prompt.digits);
  try {
    const link = new URL(prompt.url, url).href;
    const request = { url: link, method: 'GET', params: {} } as const;
    const { status, body } = await line.webhooks.send(request, MAX_SOUND_BYTES, signal);
    if (status !== 200) throw new Error(`The sound's URL answered ${status}`);
    const { samples, sampleRateHz } = readWav(body);
    return resample(samples, sampleRateHz, SAMPLE_RATE_HZ);
  } catch {
    if (!signal.aborted) alert(line, call, 11200, 'The sound of a Play could not be had');
    return undefined;
  }
}
