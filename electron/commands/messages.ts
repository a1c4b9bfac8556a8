import type { Command } from '../core/commands.ts';
import type { Outcome } from '../core/outcome.ts';
import { isEmergencyNumber, parsePhoneNumber } from '../core/phone-number.ts';
import { dialledNumber } from './place-call.ts';
import { type CommandTargets, problem } from './targets.ts';

/** How many messages of a conversation are told when not asked otherwise. */
const CONVERSATION_LIMIT = 50;

/** Sends a text message. */
export async function sendMessage(
  { to, from, body = '', mediaUrls = [] }: Extract<Command, { command: 'send-message' }>,
  { lane, lines }: CommandTargets,
): Promise<Outcome<'send-message'>> {
  if (isEmergencyNumber(to)) {
    throw problem(
      'not-available',
      'An emergency centre takes calls, not messages from here.',
      'Use a phone.',
    );
  }
  const sent = await lines.sendMessage({
    to: dialledNumber(to),
    ours: lane.state().line.number ?? '',
    ...(from === undefined ? {} : { from: dialledNumber(from) }),
    body,
    mediaUrls,
  });
  return { ok: true, ...sent };
}

/** Tells the last messages, with one number or with all. */
export function conversation(
  { with: other, limit = CONVERSATION_LIMIT }: Extract<Command, { command: 'messages' }>,
  { messages }: CommandTargets,
): Outcome<'messages'> {
  if (other === undefined) return { ok: true, messages: messages.conversation(null, limit) };
  const parsed = parsePhoneNumber(other);
  // Short codes and names that companies send under are no phone numbers.
  const number = parsed.ok ? parsed.number : other.trim();
  return { ok: true, messages: messages.conversation(number, limit) };
}
