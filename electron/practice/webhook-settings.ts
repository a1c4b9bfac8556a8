/** What makes Twilio ask again: no connection in time, no answer in time, or an answer of that kind. */
export type RetryReason = '4xx' | '5xx' | 'ct' | 'rt';

/** How long a webhook may take and how often it is tried. Times in milliseconds. */
export type WebhookSettings = {
  readonly connectMs: number;
  readonly readMs: number;
  /** For all tries and redirects together. */
  readonly totalMs: number;
  readonly retries: number;
  readonly retryOn: ReadonlySet<RetryReason>;
};

const REASONS: readonly RetryReason[] = ['4xx', '5xx', 'ct', 'rt'];

/**
 * Reads the settings in the fragment of a webhook URL, `#rc=2&rt=5000&rp=ct,5xx`; what is missing or
 * out of range is Twilio's default (https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export function webhookSettings(url: string): WebhookSettings {
  const at = url.indexOf('#');
  const given = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  return {
    connectMs: numberIn(given, 'ct', { from: 100, to: 10_000, otherwise: 5000 }),
    readMs: numberIn(given, 'rt', { from: 100, to: 15_000, otherwise: 15_000 }),
    totalMs: numberIn(given, 'tt', { from: 100, to: 15_000, otherwise: 15_000 }),
    retries: numberIn(given, 'rc', { from: 0, to: 5, otherwise: 1 }),
    retryOn: reasonsIn(given.get('rp')),
  };
}

function numberIn(
  given: URLSearchParams,
  name: string,
  range: { readonly from: number; readonly to: number; readonly otherwise: number },
): number {
  const value = Number(given.get(name) ?? Number.NaN);
  return Number.isInteger(value) && value >= range.from && value <= range.to
    ? value
    : range.otherwise;
}

function reasonsIn(given: string | null): ReadonlySet<RetryReason> {
  const names = given?.toLowerCase().split(',') ?? [];
  if (names.includes('all')) return new Set(REASONS);
  const known = REASONS.filter(reason => names.includes(reason));
  return new Set(known.length === 0 ? ['ct'] : known);
}
