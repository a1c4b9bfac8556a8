import type { Problem } from '../core/problem.ts';

const unreachable = (message: string, remedy: string, code?: string): Problem => ({
  kind: 'not-reachable',
  message,
  remedy,
  ...(code === undefined ? {} : { code }),
});

/** What an address answered instead of Earshot. */
type StrangeAnswer = {
  readonly host: string;
  readonly status: number;
  /** Where it sends visitors to, if it does. */
  readonly location: string | null;
  /** ERR_NGROK_…, when a tunnel of ngrok answered for itself. */
  readonly ngrokCode: string | null;
};

/** The code on a page of ngrok's own; null when it is none. */
export function ngrokCodeIn(header: string | null, body: string): string | null {
  return /ERR_NGROK_\d+/.exec(header ?? body)?.[0] ?? null;
}

/** An answer that is not Earshot's, in words. */
export function explainAnswer({ host, status, location, ngrokCode }: StrangeAnswer): Problem {
  if (ngrokCode !== null) return explainNgrok(host, ngrokCode);
  const code = String(status);
  if (status >= 300 && status < 400) {
    return unreachable(
      `${host} sends Twilio on to another address, and what Twilio sends is lost on the way.`,
      location === null
        ? 'Use the address it leads to.'
        : `Use the address it leads to: ${location}`,
      code,
    );
  }
  if (status === 502 || status === 503 || status === 504) {
    return unreachable(
      `The proxy or tunnel at ${host} answers, but does not reach Earshot behind it.`,
      'Let it lead to the port Earshot listens on.',
      code,
    );
  }
  if (status === 401 || status === 403 || status === 407) {
    return unreachable(
      `${host} lets nobody in without a password, so Twilio is not let in either.`,
      'Leave the paths of Earshot open to Twilio; it signs what it sends.',
      code,
    );
  }
  return unreachable(
    `Something else than Earshot answers at ${host}.`,
    'Check the public address and where its proxy or tunnel leads.',
    ...(status === 200 ? [] : [code]),
  );
}

/** Codes of ngrok's own pages. Source: https://ngrok.com/docs/errors/reference */
function explainNgrok(host: string, code: string): Problem {
  const link = `https://ngrok.com/docs/errors/${code.toLowerCase()}`;
  switch (code) {
    case 'ERR_NGROK_3200':
      return {
        ...unreachable(
          `The tunnel at ${host} is offline, so calls cannot come in.`,
          'Open the tunnel again, or enter the address of the one that is open.',
          code,
        ),
        link,
      };
    case 'ERR_NGROK_8012':
      return {
        ...unreachable(
          `The tunnel at ${host} is open, but nothing listens where it leads.`,
          'Let the tunnel lead to the port Earshot listens on.',
          code,
        ),
        link,
      };
    case 'ERR_NGROK_727':
      return {
        ...unreachable(
          `The tunnel at ${host} has used up its traffic, so calls cannot come in.`,
          'Wait for the next month, or choose a larger plan at ngrok.',
          code,
        ),
        link,
      };
    default:
      return {
        ...unreachable(
          `The tunnel at ${host} does not reach Earshot.`,
          'Read what ngrok writes about this code.',
          code,
        ),
        link,
      };
  }
}

/** A request that got no answer, in words. @param code a system name such as ENOTFOUND, if there is one */
export function explainSilence(host: string, code: string | undefined): Problem {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unreachable(
      `The name ${host} is not known on the internet, or this computer is offline.`,
      'Check the public address; a new name can take some minutes to be known.',
      code,
    );
  }
  if (code !== undefined && /CERT|TLS|SSL|EPROTO|SELF_SIGNED|UNABLE_TO/.test(code)) {
    return unreachable(
      `${host} has no certificate that can be trusted, so Twilio does not talk to it.`,
      'Renew the certificate, with its whole chain, for this name.',
      code,
    );
  }
  return unreachable(
    `Nothing answers at ${host}.`,
    'Start the tunnel or proxy that leads here, and check that it lets Twilio in.',
    code,
  );
}

/** No answer in time. @param limitS how long it was waited for, in seconds */
export function tooSlow(host: string, limitS: number): Problem {
  return unreachable(
    `${host} did not answer within ${limitS} s; Twilio would give up soon after.`,
    'Check the tunnel or proxy and the internet connection.',
  );
}

/** Another desk answered. */
export function anotherDesk(host: string): Problem {
  return unreachable(
    `Another Earshot answers at ${host}, so calls ring there and not here.`,
    'Close it, or give this desk an address of its own.',
  );
}

/** An answer of an earlier question came back. */
export function cached(host: string): Problem {
  return unreachable(
    `${host} answers with an old answer that was kept on the way.`,
    'Turn off the cache of the proxy for this address.',
  );
}

/** The address takes webhooks but no stream. @param status what it answered instead, null when it only hung up */
export function noStream(host: string, status: number | null): Problem {
  const code = status === null ? undefined : String(status);
  if (status === 403) {
    return unreachable(
      'Calls reach this computer, but their sound is refused: it is not signed for this address.',
      'Check that the public address and the auth token here are the ones Twilio uses.',
      code,
    );
  }
  return unreachable(
    `Calls reach this computer, but their sound does not: ${host} lets no WebSocket through.`,
    'Let the proxy or tunnel pass WebSockets on (the headers Upgrade and Connection).',
    code,
  );
}
