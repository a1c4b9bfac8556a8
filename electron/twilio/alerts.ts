import type { LineAlert } from '../core/account.ts';
import { codeLink, explainCode } from '../core/twilio-codes.ts';
import { answerOf } from './refusals.ts';
import type { Client } from './rest-client.ts';

/** Something that went wrong as Twilio's debugger has it. */
type Alert = {
  /** NO… */
  readonly sid: string;
  /** One of Twilio's codes. */
  readonly code: number;
  /** In ms since the epoch. */
  readonly at: number;
  /** Twilio's CallSid, when it was about a call. */
  readonly callSid: string | null;
  /** The address Twilio asked, without query, password and fragment; empty when it asked none. */
  readonly requestUrl: string;
  /** The HTTP status Twilio was answered with, when it was answered. */
  readonly httpStatus: number | null;
  /** Twilio's own words; may be empty. */
  readonly text: string;
};

/** How many alerts are read at most. */
const MOST_ALERTS = 50;

/** What Twilio reported about the account since a time, the newest first. */
export async function readAlerts(client: Client, since: Date): Promise<Alert[]> {
  const found = await answerOf(
    client.monitor.v1.alerts.list({ startDate: since, limit: MOST_ALERTS }),
  );
  return found
    .map(({ sid, errorCode, dateGenerated, resourceSid, requestUrl, alertText }) => ({
      sid,
      code: Number(errorCode),
      at: dateGenerated.getTime(),
      callSid: /^CA[0-9a-f]{32}$/.test(resourceSid) ? resourceSid : null,
      requestUrl: withoutSecrets(requestUrl ?? ''),
      ...spoken(alertText ?? ''),
    }))
    .sort((a, b) => b.at - a.at);
}

/** An alert in words. */
export function explainAlert(alert: Alert): LineAlert {
  const { at, callSid, code, httpStatus, requestUrl, text } = alert;
  const { message, remedy, code: shown, link } = explainCode(code, { said: text });
  const answered = code === 11200 && httpStatus !== null ? whoAnswered(httpStatus) : null;
  const fetched = requestUrl === '' ? 'what a call should do' : requestUrl;
  return {
    at,
    callSid,
    message: answered === null ? message : `Twilio could not fetch ${fetched}: ${answered.by}.`,
    remedy: answered?.remedy ?? remedy,
    code: shown ?? String(code),
    link: link ?? codeLink(code),
  };
}

function whoAnswered(status: number): { readonly by: string; readonly remedy: string } {
  if (status === 403 || status === 401) {
    return {
      by: `${status}, it was not let in`,
      remedy: 'Check that the auth token and the public address here are the ones Twilio uses.',
    };
  }
  if (status === 404) {
    return {
      by: '404, nothing is there',
      remedy: 'Check that the number’s calls lead to an address of Earshot.',
    };
  }
  if (status === 502 || status === 503 || status === 504) {
    return {
      by: `${status} from the tunnel or proxy`,
      remedy: 'Check that the tunnel leads to the port Earshot listens on, then test the line.',
    };
  }
  return { by: `${status}`, remedy: 'Test the line to see whether Twilio reaches this computer.' };
}

/** Twilio writes most alerts as a form, with its own sentence in `Msg`. */
function spoken(alertText: string): Pick<Alert, 'httpStatus' | 'text'> {
  if (!/^[A-Za-z]+=/.test(alertText)) return { httpStatus: null, text: alertText };
  const form = new URLSearchParams(alertText);
  const status = Number(form.get('httpResponse') ?? '');
  return {
    httpStatus: Number.isInteger(status) && status >= 100 ? status : null,
    text: form.get('Msg') ?? form.get('msg') ?? '',
  };
}

function withoutSecrets(address: string): string {
  if (!URL.canParse(address)) return '';
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
