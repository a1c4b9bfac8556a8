/**
 * Whether a host, as it stands in an address, is this computer itself.
 * Source: RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3
 */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);
}
