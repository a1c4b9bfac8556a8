import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Alert } from './alerts.ts';
import { ApiError, notFound } from './api-error.ts';
import { API_VERSION } from './call-params.ts';
import { type Form, parseForm, textIn, wholeNumberIn } from './form.ts';
import type { Line } from './line.ts';

const pathOfAlert = z.object({ sid: z.string() });

/** What Twilio's debugger noted: list and show. The stand-in for monitor.twilio.com. */
export function addMonitorRoutes(server: FastifyInstance, line: Line): void {
  server.get('/v1/Alerts', async request => {
    const query = parseForm(request.query);
    const alerts = line.alerts.list().filter(alert => matches(alert, query));
    return alertPage(line, request, query, alerts.reverse());
  });

  server.get('/v1/Alerts/:sid', async request => {
    const { sid } = pathOfAlert.parse(request.params);
    const alert = line.alerts.list().find(known => known.sid === sid);
    if (alert === undefined) throw notFound(request.url);
    const { exchange } = alert;
    return {
      ...alertResource(line, request, alert),
      request_headers: null,
      request_variables:
        exchange === undefined ? null : new URLSearchParams(exchange.params).toString(),
      response_headers: exchange?.reply?.headers ?? null,
      response_body: exchange?.reply?.body ?? null,
    };
  });
}

/** An alert without the exchange, as lists show it. */
function alertResource(line: Line, request: FastifyRequest, alert: Alert): object {
  const at = isoDate(alert.at);
  return {
    sid: alert.sid,
    account_sid: line.accountSid,
    resource_sid: alert.callSid,
    service_sid: null,
    error_code: String(alert.code),
    log_level: alert.level,
    alert_text: alert.text,
    more_info: `https://www.twilio.com/docs/errors/${alert.code}`,
    request_method: alert.exchange?.method ?? null,
    request_url: alert.exchange?.url ?? null,
    date_created: at,
    date_generated: at,
    date_updated: at,
    api_version: API_VERSION,
    url: `${originOf(request)}/v1/Alerts/${alert.sid}`,
  };
}

/** Twilio's newer APIs page by whole URLs; these stay on this line, so that nothing leaves the computer. */
function alertPage(
  line: Line,
  request: FastifyRequest,
  query: Form,
  alerts: readonly Alert[],
): object {
  const size = wholeNumberIn(query, 'PageSize', { from: 1, to: 1000, otherwise: 50 });
  const page = wholeNumberIn(query, 'Page', { from: 0, to: 1_000_000, otherwise: 0 });
  const url = (number: number): string => {
    const parameters = new URLSearchParams();
    for (const name of ['LogLevel', 'StartDate', 'EndDate']) {
      const value = textIn(query, name);
      if (value !== undefined) parameters.append(name, value);
    }
    parameters.append('PageSize', String(size));
    parameters.append('Page', String(number));
    return `${originOf(request)}/v1/Alerts?${parameters}`;
  };
  const shown = alerts.slice(page * size, (page + 1) * size);
  return {
    alerts: shown.map(alert => alertResource(line, request, alert)),
    meta: {
      key: 'alerts',
      page,
      page_size: size,
      url: url(page),
      first_page_url: url(0),
      next_page_url: (page + 1) * size < alerts.length ? url(page + 1) : null,
      previous_page_url: page > 0 ? url(page - 1) : null,
    },
  };
}

function matches(alert: Alert, query: Form): boolean {
  const level = textIn(query, 'LogLevel');
  return (
    (level === undefined || level === alert.level) &&
    alert.at >= (momentIn(query, 'StartDate') ?? 0) &&
    alert.at <= (momentIn(query, 'EndDate') ?? Number.POSITIVE_INFINITY)
  );
}

/** A date or a moment in GMT, in milliseconds since the epoch. */
function momentIn(query: Form, name: string): number | undefined {
  const text = textIn(query, name);
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new ApiError(400, 20001, `The parameter ${name} is not valid`);
  return at;
}

/** ISO 8601 without fractions, as Twilio writes it: `2015-07-30T20:00:00Z`. */
function isoDate(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

function originOf(request: FastifyRequest): string {
  return `http://${request.host}`;
}
