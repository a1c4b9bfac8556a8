import { z } from 'zod';

/** The path of a desk that calls are announced to. */
export const VOICE_PATH = '/voice/webhook';

/** The paths of a desk that are set at Twilio: for its number, and for the application of its seats. */
const DESK_PATHS = [VOICE_PATH, '/voice/seat'];

/** How long another desk may take to answer, in ms. */
const LIMIT_MS = 3000;

const healthSchema = z.object({ app: z.literal('earshot'), desk: z.string() });

/** What was found at an address: the name of the desk there, and whether anything is there at all. */
type Found = { readonly desk: string | null; readonly answers: boolean };

/** Nothing a desk could be at. */
const NO_ADDRESS: Found = { desk: null, answers: true };

/** Nothing answers, or only what stands in front of it. */
const NOTHING: Found = { desk: null, answers: false };

/**
 * Which running desk takes the calls that are announced to an address, by asking its `/health`.
 * @returns the desk's name; null when no desk answers there
 */
export async function deskAt(voiceUrl: string): Promise<string | null> {
  return (await ask(voiceUrl)).desk;
}

/** Whether an address is that of a desk which is gone: calls that are announced to it reach nobody. */
export async function isLeftBehind(voiceUrl: string): Promise<boolean> {
  const pathname = URL.canParse(voiceUrl) ? new URL(voiceUrl).pathname : '';
  if (!DESK_PATHS.some(path => pathname.endsWith(path))) return false;
  return !(await ask(voiceUrl)).answers;
}

async function ask(voiceUrl: string): Promise<Found> {
  if (!URL.canParse(voiceUrl)) return NO_ADDRESS;
  const { protocol, host } = new URL(voiceUrl);
  if (!/^https?:$/.test(protocol)) return NO_ADDRESS;
  try {
    const answer = await fetch(`${protocol}//${host}/health`, {
      signal: AbortSignal.timeout(LIMIT_MS),
      redirect: 'manual',
      headers: { 'ngrok-skip-browser-warning': '1' },
    });
    const health = healthSchema.safeParse(await answer.json().catch(() => null));
    if (health.success) return { desk: health.data.desk, answers: true };
    // A gateway or a tunnel may outlive the desk behind it. Source: https://ngrok.com/docs/errors/err_ngrok_3200
    const isFront = answer.status >= 502 || answer.headers.has('ngrok-error-code');
    return { desk: null, answers: !isFront };
  } catch {
    return NOTHING;
  }
}
