import { describe, expect, it } from 'vitest';
import { ends, type Fixture, openLine } from './fixture.ts';

/** A line whose app answers `count` voice webhooks with an error, and one with an unknown verb. */
async function withAlerts(count: number): Promise<Fixture> {
  const line = await openLine();
  const url = line.app.on('/voice', { status: 500, body: 'broken' });
  for (let made = 0; made < count; made += 1) {
    const { sid } = await line.call('', { twiml: undefined, url });
    await ends(line, sid, 'failed');
  }
  const { sid } = await line.call('<Juggle/>');
  await ends(line, sid, 'completed');
  return line;
}

describe('the debugger', () => {
  it('lists the latest first, page by page, by level and by time', async () => {
    const { client, line } = await withAlerts(2);
    const all = await client.monitor.v1.alerts.list({ pageSize: 1 });
    expect(all.map(({ errorCode }) => errorCode)).toEqual(['12200', '11200', '11200']);
    const errors = await client.monitor.v1.alerts.list({ logLevel: 'error' });
    expect(errors).toHaveLength(2);
    expect(await client.monitor.v1.alerts.list({ logLevel: 'warning' })).toHaveLength(1);
    const at = line.alerts()[0]?.at ?? 0;
    const later = new Date(at + 86_400_000);
    expect(await client.monitor.v1.alerts.list({ startDate: later })).toEqual([]);
    expect(await client.monitor.v1.alerts.list({ endDate: later })).toHaveLength(3);
    const earlier = new Date(at - 86_400_000);
    expect(await client.monitor.v1.alerts.list({ startDate: earlier })).toHaveLength(3);
    expect(await client.monitor.v1.alerts.list({ endDate: earlier })).toEqual([]);
  });

  it('shows what was asked and answered', async () => {
    const { app, client, line } = await withAlerts(1);
    const [failure] = await client.monitor.v1.alerts.list({ logLevel: 'error' });
    const alert = await client.monitor.v1.alerts(failure?.sid ?? '').fetch();
    expect(alert).toMatchObject({
      accountSid: line.accountSid,
      errorCode: '11200',
      logLevel: 'error',
      moreInfo: 'https://www.twilio.com/docs/errors/11200',
      requestMethod: 'POST',
      requestUrl: `${app.url}/voice`,
      responseBody: 'broken',
      resourceSid: line.alerts()[0]?.callSid,
    });
    expect(alert.alertText).toContain('500');
    expect(alert.dateCreated).toBeInstanceOf(Date);
    expect(new URLSearchParams(alert.requestVariables).get('CallSid')).toBe(alert.resourceSid);
    expect(new URLSearchParams(alert.responseHeaders).get('content-type')).toContain('text/xml');
  });

  it('has nothing to show of an alert without a request, and 20404 for none', async () => {
    const { client } = await withAlerts(0);
    const [unknownVerb] = await client.monitor.v1.alerts.list();
    const alert = await client.monitor.v1.alerts(unknownVerb?.sid ?? '').fetch();
    expect(alert).toMatchObject({ requestUrl: null, responseBody: null });
    await expect(client.monitor.v1.alerts(`NO${'0'.repeat(32)}`).fetch()).rejects.toMatchObject({
      code: 20404,
    });
  });
});
