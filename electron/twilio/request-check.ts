import type { IncomingMessage } from 'node:http';
import type { Log } from '../log.ts';
import type { FaultCounts } from './limits.ts';
import { type Forwarding, NO_FORWARDING, signedOrigins } from './request-origin.ts';
import { isSignedUpgrade, isSignedWebhook, signatureOf, type WebhookBody } from './signature.ts';

/** What checking requests needs of the rest. */
type CheckPorts = {
  readonly log: Log;
  readonly counts: FaultCounts;
  readonly authToken: string | null;
  readonly origin: () => string;
  readonly forwarding?: Forwarding;
  readonly skipSignature?: boolean;
  /** Told of webhooks alone: this desk opens streams to itself to test the line. */
  readonly onVerdict?: (ok: boolean) => void;
};

/** How a request was judged: its signature is right, or is not needed, or is. */
type Verdict = 'signed' | 'skipped' | 'refused';

/** Judges whether requests are Twilio's, counting and logging those that are not. */
export type RequestCheck = {
  /** Whether a webhook may go on to its body: without a signature, no body makes it Twilio's. */
  readonly mayGoOn: (message: IncomingMessage) => boolean;
  readonly webhook: (message: IncomingMessage, body: WebhookBody) => Verdict;
  readonly upgrade: (message: IncomingMessage) => Verdict;
};

/** Makes the check, and warns when it lets everything in or nothing. */
export function createRequestCheck(ports: CheckPorts): RequestCheck {
  const { log, counts, authToken } = ports;
  const skip = ports.skipSignature ?? false;
  if (skip) log.warn('signatures are not checked: anybody can pretend to be Twilio');
  else if (authToken === null) {
    log.warn('without an auth token nothing can be checked: webhooks and streams are refused');
  }

  const unsigned = (message: IncomingMessage): Verdict => {
    if (skip) {
      counts.signatureSkipped += 1;
      return 'skipped';
    }
    if (authToken === null) counts.noAuthToken += 1;
    else {
      counts.signature += 1;
      log.warn({ path: message.url?.split('?', 1)[0] }, 'request refused: wrong signature');
    }
    return 'refused';
  };
  const judge = (
    message: IncomingMessage,
    isSigned: (authToken: string, signature: string, origins: readonly string[]) => boolean,
  ): Verdict => {
    const signature = signatureOf(message.headers);
    if (authToken === null || signature === '') return unsigned(message);
    const { headers, socket } = message;
    const origins = signedOrigins(
      ports.origin(),
      { headers, peer: socket.remoteAddress },
      ports.forwarding ?? NO_FORWARDING,
    );
    return isSigned(authToken, signature, origins) ? 'signed' : unsigned(message);
  };

  return {
    mayGoOn: message => {
      if (skip || (authToken !== null && signatureOf(message.headers) !== '')) return true;
      unsigned(message);
      return false;
    },
    webhook: (message, body) =>
      judge(message, (token, signature, origins) => {
        const ok = isSignedWebhook(token, signature, origins, message.url ?? '/', body);
        if (!skip) ports.onVerdict?.(ok);
        return ok;
      }),
    upgrade: message =>
      judge(message, (token, signature, origins) =>
        isSignedUpgrade(token, signature, origins, message.url ?? '/'),
      ),
  };
}
