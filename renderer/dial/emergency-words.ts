/** What a person must know before calling a number for emergencies from here. */
export function emergencyWords(number: string, kind: 'practice' | 'twilio'): string {
  if (kind === 'practice') {
    return `Use a phone for ${number}. The practice line reaches nobody real.`;
  }
  return number === '911'
    ? 'Use a phone for 911 if you can. From here a national centre answers and must ask where you are, unless this number has a registered address; without one Twilio charges US$75.'
    : `Use a phone for ${number} if you can. From here the call may reach a centre far away, which must ask where you are, or nobody.`;
}
