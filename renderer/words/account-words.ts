import type {
  AccountFacts,
  AccountNumber,
  CallerId,
  LineAlert,
} from '../../electron/core/account.ts';
import { formatPhoneNumber } from '../../electron/core/phone-number.ts';

const TYPES = { trial: 'Trial account', full: 'Full account' } as const;
const STATUSES = { active: 'active', suspended: 'suspended', closed: 'closed' } as const;

/** What a trial account does and does not do. @returns what does not work, then what does */
export const TRIAL_LIMITS = {
  not: 'Twilio removes live sound, so you can read calls but not hear them or speak. Only numbers verified with Twilio can be called.',
  works: 'What callers say appears as text, and texts you type are spoken to them.',
} as const;

/** Type and status of an account, `Trial account, active`. */
export function accountKind({ type, status }: Pick<AccountFacts, 'type' | 'status'>): string {
  return `${TYPES[type]}, ${STATUSES[status]}`;
}

/** What is left to spend, `$12.34 left`. */
export function balanceWords(balance: AccountFacts['balance'], locale?: string): string {
  if (balance === null) return 'Balance not told';
  const { amount, currency } = balance;
  try {
    const format = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      currencyDisplay: 'narrowSymbol',
    });
    return `${format.format(amount)} left`;
  } catch {
    return `${amount.toFixed(2)} ${currency} left`;
  }
}

/** An identifier of which only kind and last four signs are shown, `AC…1f2e`. */
export function maskedSid(sid: string): string {
  return `${sid.slice(0, 2)}…${sid.slice(-4)}`;
}

/** An address without what everybody knows, `example.com/voice`. */
export function shortUrl(url: string): string {
  return url.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '');
}

/** Where the calls of a number go now. */
export function goesToWords({
  goesTo,
  voiceUrl,
}: Pick<AccountNumber, 'goesTo' | 'voiceUrl'>): string {
  switch (goesTo) {
    case 'here':
      return 'here';
    case 'another-desk':
      return 'another Earshot';
    case 'elsewhere':
      return voiceUrl === '' ? 'elsewhere' : shortUrl(voiceUrl);
    case 'application':
      return 'a TwiML application';
    case 'nowhere':
      return 'nowhere';
  }
}

/** What a number can do, `Voice, SMS`. */
export function capabilityWords({ voice, sms }: Pick<AccountNumber, 'voice' | 'sms'>): string {
  const can = [voice ? 'Voice' : null, sms ? 'SMS' : null].filter(word => word !== null);
  return can.length === 0 ? 'Neither voice nor SMS' : can.join(', ');
}

/** A number of the account's own or a verified one, with the name its owner gave it. */
export function callerIdWords({ number, name, kind }: CallerId): string {
  const written = formatPhoneNumber(number);
  const named = name === '' || name === number || name === written ? written : `${name} ${written}`;
  return kind === 'verified' ? `${named}, verified` : named;
}

/** Alerts newest first. */
export function newestFirst(alerts: readonly LineAlert[]): readonly LineAlert[] {
  return [...alerts].sort((a, b) => b.at - a.at);
}
