import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Which of a request's own words about where it was sent to are believed. */
export type Forwarding = {
  /** Hosts that a proxy may name; not empty, proxies are believed, but only about these. */
  readonly allowedHosts: readonly string[];
  /** Whether proxies are believed about any host. */
  readonly trustForwarded: boolean;
  /** Addresses of the only proxies to believe; empty, every peer may be one. */
  readonly trustedProxies: readonly string[];
  /** Whether a peer on this computer is believed, as the agent of a free ngrok tunnel is one. */
  readonly ngrokLoopback: boolean;
};

/** Believes no proxy: a request is taken to be sent to its Host, over https. */
export const NO_FORWARDING: Forwarding = {
  allowedHosts: [],
  trustForwarded: false,
  trustedProxies: [],
  ngrokLoopback: false,
};

/** Where a request came from, and what it says about itself. */
type Addressed = {
  readonly headers: IncomingHttpHeaders;
  /** The address of the other end of the socket. */
  readonly peer: string | undefined;
};

/** Headers in which proxies name the host that was asked for, best first. */
const FORWARDED_HOSTS = ['x-forwarded-host', 'x-original-host', 'ngrok-forwarded-host'];

/** A host name. Source: RFC 1123 §2.1 */
const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/;

/** Longest host name. Source: RFC 1123 §2.1, RFC 1035 §2.3.4 */
const HOST_LIMIT = 253;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/**
 * The origins a request's signature may have been made over, the likeliest first; none when the
 * request does not tell. Twilio is not of one mind about ports and credentials, so that there are
 * variants; none can be forged, as each is part of what is signed.
 * @param configured the address Twilio was given, which no header overrules; empty when unknown
 */
export function signedOrigins(
  configured: string,
  request: Addressed,
  policy: Forwarding,
): readonly string[] {
  const origin = configured === '' ? requestOrigin(request, policy) : withoutPath(configured);
  if (origin === null) return [];
  const bare = withoutCredentials(origin);
  const port = /:(\d{1,5})$/.exec(first(request.headers.host))?.[1];
  const known = [origin, bare];
  const ported = port === undefined ? [] : known.map(each => withPort(each, port));
  // A proxy that takes calls below a path of its own leaves it out when it passes them on.
  const below = configured === '' ? [] : [configured.replace(/[?#].*$/, '').replace(/\/+$/, '')];
  return [...new Set([...known, ...ported, ...below, ...below.map(withoutCredentials)])];
}

function withoutCredentials(address: string): string {
  return address.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
}

/**
 * The origin a request was sent to, by its headers: https and its Host, unless a proxy that is
 * believed says otherwise. Null when no header names a host.
 */
function requestOrigin({ headers, peer }: Addressed, policy: Forwarding): string | null {
  const trusted = isTrusted(peer, policy);
  const said = first(headers['x-forwarded-proto']).toLowerCase();
  const proto = trusted && (said === 'http' || said === 'https') ? said : 'https';
  const allowed = policy.allowedHosts.map(host => host.toLowerCase());
  const forwarded = (trusted ? FORWARDED_HOSTS : [])
    .map(name => hostName(first(headers[name])))
    .find(host => host !== null && (allowed.length === 0 || allowed.includes(host)));
  const host = forwarded ?? hostName(first(headers.host));
  return host === null ? null : `${proto}://${host}`;
}

function isTrusted(peer: string | undefined, policy: Forwarding): boolean {
  const { allowedHosts, trustForwarded, trustedProxies, ngrokLoopback } = policy;
  const believing =
    allowedHosts.length > 0 || trustForwarded || (ngrokLoopback && isListed(LOOPBACK, peer));
  return believing && (trustedProxies.length === 0 || isListed(listOf(trustedProxies), peer));
}

function listOf(addresses: readonly string[]): BlockList {
  const list = new BlockList();
  for (const address of addresses.map(plain)) {
    const version = isIP(address);
    if (version !== 0) list.addAddress(address, version === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

function isListed(list: BlockList, peer: string | undefined): boolean {
  const address = plain(peer ?? '');
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** An IPv4 address that a socket for both versions shows as IPv6, as IPv4. Source: RFC 4291 §2.5.5.2 */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

/** The first of a header's values, which may come as a list in one or in several headers. */
function first(header: string | readonly string[] | undefined): string {
  return [header].flat()[0]?.split(',', 1)[0]?.trim() ?? '';
}

/** The name of a host as headers give it, in lower case without its port; null when it is none. */
function hostName(text: string): string | null {
  const lower = text.toLowerCase();
  const address = /^\[([^\]]*)\](:\d{1,5})?$/.exec(lower)?.[1];
  if (address !== undefined) return isIPv6(address) ? `[${address}]` : null;
  const name = lower.replace(/:\d{1,5}$/, '');
  return name.length <= HOST_LIMIT && HOST_NAME.test(name) ? name : null;
}

/** Scheme, credentials, host and port, letter for letter: Twilio signs addresses as it was given them. */
function withoutPath(address: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(address)?.[0] ?? address;
}

function withPort(origin: string, port: string): string {
  return `${origin.replace(/:\d*$/, '')}:${port}`;
}
