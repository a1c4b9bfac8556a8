/** The moment (milliseconds since the epoch) as Twilio writes it, RFC 2822: `Tue, 31 Aug 2010 20:36:28 +0000`. */
export function twilioDate(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
