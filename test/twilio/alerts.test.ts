import { fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPracticeLine, type PracticeLine } from '../../electron/practice/practice-line.ts';
import { systemClock } from '../../electron/system-clock.ts';
import { explainAlert, readAlerts } from '../../electron/twilio/alerts.ts';
import { createRestClient } from '../../electron/twilio/rest-client.ts';
import { freePort } from '../support/free-port.ts';
import { quietLog } from '../support/quiet-log.ts';
import { until } from '../support/until.ts';

type Alert = Parameters<typeof explainAlert>[0];

const CALL = `CA${'a'.repeat(32)}`;
let practice: PracticeLine;

beforeEach(async () => {
  practice = await createPracticeLine({ clock: systemClock, log: quietLog });
});

afterEach(() => practice.close());

function client(apiUrl = practice.apiUrl) {
  const { accountSid, authToken } = practice;
  return createRestClient({ accountSid, authToken, apiKey: null, apiUrl }, systemClock, () => 0);
}

function alert(change: Partial<Alert>): Alert {
  const known = { sid: 'NO1', code: 11200, at: 5000, callSid: CALL, text: '' };
  return { ...known, requestUrl: '', httpStatus: null, ...change };
}

describe('what Twilio reported', () => {
  it('is read from the practice line like from Twilio', async () => {
    const begin = new Date(systemClock.now() - 60_000);
    const created = await client().calls.create({
      to: '+14155550180',
      from: practice.number,
      url: `http://127.0.0.1:${await freePort()}/voice/webhook?secret=1`,
    });
    await until(() => practice.alerts().length > 0);
    const [found] = await readAlerts(client(), begin);
    expect(found).toMatchObject({ callSid: created.sid, code: expect.any(Number) });
    expect(found?.requestUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/voice\/webhook$/);
    expect(await readAlerts(client(), new Date(systemClock.now() + 3_600_000))).toEqual([]);
  });

  it('is read newest first, out of the forms Twilio writes it in', async () => {
    const twilio = fastify();
    const base = { log_level: 'error', resource_sid: CALL, error_code: '11200' };
    twilio.get('/v1/Alerts', async () => ({
      meta: { key: 'alerts' },
      alerts: [
        {
          ...base,
          sid: 'NO1',
          date_generated: '2026-03-01T10:00:00Z',
          request_url: 'https://user:secret@desk.example.com/voice/webhook?callId=7',
          alert_text:
            'Msg=&sourceComponent=12000&ErrorCode=11200&httpResponse=502&url=https%3A%2F%2Fd.test',
        },
        {
          ...base,
          sid: 'NO2',
          date_generated: '2026-03-01T11:00:00Z',
          resource_sid: 'MZ1',
          request_url: null,
          alert_text: 'Stream closed',
        },
      ],
    }));
    const apiUrl = await twilio.listen({ host: '127.0.0.1', port: 0 });
    expect(await readAlerts(client(apiUrl), new Date(0))).toEqual([
      {
        sid: 'NO2',
        code: 11200,
        at: Date.parse('2026-03-01T11:00:00Z'),
        callSid: null,
        requestUrl: '',
        httpStatus: null,
        text: 'Stream closed',
      },
      {
        sid: 'NO1',
        code: 11200,
        at: Date.parse('2026-03-01T10:00:00Z'),
        callSid: CALL,
        requestUrl: 'https://desk.example.com/voice/webhook',
        httpStatus: 502,
        text: '',
      },
    ]);
    await twilio.close();
  });

  it('tells who answered in place of this desk', () => {
    const requestUrl = 'https://desk.example.com/voice/webhook';
    const explained = (httpStatus: number) => explainAlert(alert({ requestUrl, httpStatus }));
    expect(explained(502)).toEqual({
      at: 5000,
      callSid: CALL,
      message: `Twilio could not fetch ${requestUrl}: 502 from the tunnel or proxy.`,
      remedy: 'Check that the tunnel leads to the port Earshot listens on, then test the line.',
      code: '11200',
      link: 'https://www.twilio.com/docs/api/errors/11200',
    });
    expect(explained(403).remedy).toContain('auth token');
    expect(explained(404).message).toContain('nothing is there');
    expect(explained(500).message).toContain(': 500.');
  });

  it('is told by its code otherwise, and by Twilio’s words when the code is not known', () => {
    expect(explainAlert(alert({ code: 31920 })).message).toContain('sound of calls');
    expect(explainAlert(alert({})).message).toContain('could not fetch');
    expect(explainAlert(alert({ code: 99999, text: 'Flux' })).message).toBe('Twilio said: Flux');
  });
});
