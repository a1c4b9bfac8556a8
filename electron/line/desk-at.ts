import { z } from 'zod';

/** How long another desk may take to answer, in ms. */
const LIMIT_MS = 3000;

const healthSchema = z.object({ app: z.literal('earshot'), desk: z.string() });

/**
 * Which running desk takes the calls that are announced to an address, by asking its `/health`.
 * @returns the desk's name; null when no desk answers there
 */
export async function deskAt(voiceUrl: string): Promise<string | null> {
  if (!URL.canParse(voiceUrl)) return null;
  const { protocol, host } = new URL(voiceUrl);
  if (!/^https?:$/.test(protocol)) return null;
  try {
    const answer = await fetch(`${protocol}//${host}/health`, {
      signal: AbortSignal.timeout(LIMIT_MS),
      redirect: 'error',
      headers: { 'ngrok-skip-browser-warning': '1' },
    });
    return healthSchema.parse(await answer.json()).desk;
  } catch {
    // Nothing there, or something that is no desk: both are an address like any other.
    return null;
  }
}
