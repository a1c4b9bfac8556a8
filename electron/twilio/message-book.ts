import type { Message, MessageIntroduction, MessageNames, MessageStatus } from '../core/message.ts';

/** A message of this desk, as far as it has come. */
export type BookedMessage = MessageIntroduction & { readonly status: MessageStatus };

/** Messages that are still recognised without asking the store: their callbacks come within hours. */
const REMEMBERED = 1000;

/** The latest messages; the oldest is forgotten first. */
export class MessageBook {
  readonly #messages = new Map<string, BookedMessage>();
  readonly #kept: (names: MessageNames) => Message | null;

  /** @param kept finds a message that an earlier run has left, or that is forgotten here */
  constructor(kept: (names: MessageNames) => Message | null) {
    this.#kept = kept;
  }

  /** Enters a message, or what has become of it. */
  enter(message: BookedMessage): BookedMessage {
    this.#messages.delete(message.messageId);
    this.#messages.set(message.messageId, message);
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > REMEMBERED && oldest !== undefined) this.#messages.delete(oldest);
    return message;
  }

  /** The message of this name; null when it is not of this desk. */
  find(names: MessageNames): BookedMessage | null {
    const known = this.#messages.get(names.id) ?? this.#bySid(names.sid);
    if (known !== undefined) return known;
    const kept = this.#kept(names);
    return kept === null ? null : bookedOf(kept);
  }

  #bySid(sid: string): BookedMessage | undefined {
    if (sid === '') return undefined;
    return [...this.#messages.values()].find(({ messageSid }) => messageSid === sid);
  }
}

function bookedOf({ id, sid, them, ours, direction, body, media, status }: Message): BookedMessage {
  const [from, to] = direction === 'inbound' ? [them, ours] : [ours, them];
  return { messageId: id, messageSid: sid, direction, from, to, body, media, status };
}
