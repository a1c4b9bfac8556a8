import twilio, { RequestClient, type Twilio } from 'twilio';
import type { PracticeLine } from '../../electron/practice/practice-line.ts';

class LineRequests extends RequestClient {
  readonly #apiUrl: string;

  constructor(apiUrl: string) {
    super();
    this.#apiUrl = apiUrl;
  }

  override request<TData>(options: Parameters<RequestClient['request']>[0]) {
    const uri = options.uri.replace(/^https:\/\/(?:api|monitor)\.twilio\.com/, this.#apiUrl);
    return super.request<TData>({ ...options, uri } as never);
  }
}

/** The real Twilio client, sent to the practice line. */
export function createTwilioClient(
  { accountSid, apiUrl, authToken }: PracticeLine,
  [user, password]: readonly [string, string] = [accountSid, authToken],
): Twilio {
  return twilio(user, password, { accountSid, httpClient: new LineRequests(apiUrl) });
}
