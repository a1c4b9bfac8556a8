/** Twilio's words for where a message is. */
type MessageStatus = 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'received';

/** One text message of the account. Times in milliseconds since the Unix epoch. */
export type Message = {
  readonly sid: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  readonly createdAt: number;
  readonly changedAt: number;
  readonly sentAt: number | null;
  readonly status: MessageStatus;
  readonly errorCode: number | null;
};

/** Messages that can still be asked for. */
const KEPT = 1000;

/** Words by which a person wants no more messages, and wants them again (Twilio's defaults for English). */
const STOP_WORDS = /^(?:stop|stopall|unsubscribe|cancel|end|quit|revoke|optout)$/i;
const START_WORDS = /^(?:start|yes|unstop)$/i;

/** The messages of an account and who wants none. */
export class MessageBook {
  readonly #messages = new Map<string, Message>();
  readonly #optedOut = new Set<string>();

  /** Enters a message. */
  add(message: Message): void {
    this.#messages.set(message.sid, message);
    if (this.#messages.size <= KEPT) return;
    const [oldest] = this.#messages.keys();
    if (oldest !== undefined) this.#messages.delete(oldest);
  }

  /** Changes a message; the new state, or undefined for one that is forgotten. */
  change(sid: string, change: Partial<Message>): Message | undefined {
    const message = this.#messages.get(sid);
    if (message === undefined) return undefined;
    const changed = { ...message, ...change };
    this.#messages.set(sid, changed);
    return changed;
  }

  /** The message with this SID. */
  get(sid: string): Message | undefined {
    return this.#messages.get(sid);
  }

  /** Every message, the latest first. */
  list(): Message[] {
    return [...this.#messages.values()].reverse();
  }

  /** Forgets a message. */
  remove(sid: string): void {
    this.#messages.delete(sid);
  }

  /** Notices when a person wants no more messages, or wants them again. */
  noteWish(from: string, body: string): void {
    if (STOP_WORDS.test(body.trim())) this.#optedOut.add(from);
    if (START_WORDS.test(body.trim())) this.#optedOut.delete(from);
  }

  /** Whether a person wants no messages. */
  hasOptedOut(number: string): boolean {
    return this.#optedOut.has(number);
  }
}

/** Parts a text is sent in: 160 characters of the telephone's alphabet or 70 of any other, fewer when there are several. */
export function segmentsOf(body: string): number {
  const plain = /^[\n\r\x20-\x7e£¥èéùìòÇØøÅåÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€]*$/.test(body);
  const length = plain ? body.replace(/[\^{}\\[~\]|€]/g, '··').length : body.length;
  const [alone, joined] = plain ? [160, 153] : [70, 67];
  return length <= alone ? 1 : Math.ceil(length / joined);
}
