const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A running time, `02:14` or `1:02:14`. */
export function formatTimer(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  return hours > 0
    ? `${hours}:${padded(minutes)}:${padded(seconds)}`
    : `${padded(minutes)}:${padded(seconds)}`;
}

/** A length in a list, `6:02`. */
export function formatLength(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  return hours > 0
    ? `${hours}:${padded(minutes)}:${padded(seconds)}`
    : `${minutes}:${padded(seconds)}`;
}

/** A length in a sentence, `6 min 2 s`. */
export function spellLength(ms: number): string {
  const { hours, minutes, seconds } = parts(ms);
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  if (minutes === 0) return `${seconds} s`;
  return seconds > 0 ? `${minutes} min ${seconds} s` : `${minutes} min`;
}

/** When something was, as short as a list needs: `12 min`, `09:12`, `Yesterday`, `Tue`, `2 Nov`. */
export function formatWhen(at: number, now: number, locale?: string): string {
  const ago = now - at;
  if (ago < MINUTE_MS) return 'now';
  if (ago < HOUR_MS) return `${Math.floor(ago / MINUTE_MS)} min`;
  const days = daysBetween(at, now);
  if (days <= 0) return formatTime(at, locale);
  if (days === 1) return 'Yesterday';
  if (days < 7) return intl(locale, { weekday: 'short' }).format(at);
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? intl(locale, { day: 'numeric', month: 'short' }).format(at)
    : intl(locale, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
}

/** The exact moment, for hovering and for screen readers. */
export function formatMoment(at: number, locale?: string): string {
  return intl(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** The time of day. */
function formatTime(at: number, locale?: string): string {
  return intl(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

function intl(
  locale: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, options);
}

function daysBetween(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / DAY_MS);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function parts(ms: number) {
  const total = Math.max(0, Math.floor(ms / 1000));
  return {
    hours: Math.floor(total / 3600),
    minutes: Math.floor((total % 3600) / 60),
    seconds: total % 60,
  };
}

function padded(count: number): string {
  return String(count).padStart(2, '0');
}
