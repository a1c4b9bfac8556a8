/** The time of day of an entry, to the second: the order of two acts matters. */
export function auditTime(at: number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23' }).format(at);
}

/** The day of an entry, empty for the day of `now`. */
export function auditDay(at: number, now: number, locale?: string): string {
  if (new Date(at).toDateString() === new Date(now).toDateString()) return '';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(at);
}
