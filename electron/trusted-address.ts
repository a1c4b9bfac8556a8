import { isLoopback } from './core/loopback.ts';

/**
 * Whether a secret that a person entered may be sent to an address: over a safe connection to its service,
 * or to a stand-in on this computer. Whoever can set a variable, or put a file where Earshot is started,
 * could otherwise have it sent elsewhere. @param domain of the service, such as `twilio.com`
 */
export function isTrusted(address: string, domain: string): boolean {
  const { protocol, hostname } = new URL(address);
  if (isLoopback(hostname)) return true;
  const isSafe = protocol === 'https:' || protocol === 'wss:';
  return isSafe && (hostname === domain || hostname.endsWith(`.${domain}`));
}
