import type { PracticeLine } from '../../electron/practice/practice-line.ts';

type Account = Pick<PracticeLine, 'accountSid' | 'authToken' | 'number' | 'apiUrl'>;

/** The environment of a program on an account of a practice line. */
export function accountEnvironment({ accountSid, authToken, number, apiUrl }: Account) {
  return {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_PHONE_NUMBER: number,
    EARSHOT_TWILIO_API_URL: apiUrl,
  };
}

/** The same, of a program that the line reaches at a port of this computer. */
export function reachedAccount(account: Account, port: number) {
  return {
    ...accountEnvironment(account),
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
}
