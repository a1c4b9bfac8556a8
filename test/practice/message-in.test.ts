import twilio from 'twilio';
import { describe, expect, it } from 'vitest';
import { eventually, openLine, response } from './fixture.ts';

async function withTexts(
  ...answers: Parameters<Awaited<ReturnType<typeof openLine>>['app']['on']>[1][]
) {
  const line = await openLine();
  const [number] = await line.client.incomingPhoneNumbers.list();
  await line.client
    .incomingPhoneNumbers(number?.sid ?? '')
    .update({ smsUrl: line.app.on('/sms', ...answers) });
  return line;
}

const outbound = (line: Awaited<ReturnType<typeof openLine>>) =>
  line.line.messages().filter(({ direction }) => direction === 'outbound-reply');

describe('somebody who texts us', () => {
  it('is announced at the SmsUrl as Twilio does, signed', async () => {
    const line = await withTexts(response(''));
    const { messageSid } = line.line.textIn('Hi', undefined, ['https://example.com/a.jpg']);
    await eventually(() => expect(line.app.requests('/sms')).toHaveLength(1));
    const [request] = line.app.requests('/sms');
    expect(request?.params).toMatchObject({
      MessageSid: messageSid,
      SmsMessageSid: messageSid,
      SmsStatus: 'received',
      AccountSid: line.line.accountSid,
      From: '+14155550121',
      To: line.line.number,
      Body: 'Hi',
      NumMedia: '1',
      NumSegments: '1',
      MediaUrl0: 'https://example.com/a.jpg',
      MediaContentType0: 'image/jpeg',
      FromCity: 'SAN FRANCISCO',
    });
    expect(
      twilio.validateRequest(
        line.line.authToken,
        request?.signature ?? '',
        `${line.app.url}/sms`,
        request?.params ?? {},
      ),
    ).toBe(true);
    expect(await line.client.messages(messageSid).fetch()).toMatchObject({
      direction: 'inbound',
      status: 'received',
      body: 'Hi',
    });
  });

  it('gets every Message of the answer, with its media and its callback', async () => {
    const line = await withTexts(
      response(
        '<Message>Hello</Message>' +
          '<Message statusCallback="/sent"><Body>Look</Body><Media>/cat.png</Media></Message>',
      ),
    );
    line.line.textIn('Hi', '+14155550121');
    await eventually(() =>
      expect(line.app.requests('/sent').map(({ params }) => params['MessageStatus'])).toEqual([
        'queued',
        'sending',
        'sent',
        'delivered',
      ]),
    );
    expect(outbound(line)).toMatchObject([
      { body: 'Look', mediaUrls: [`${line.app.url}/cat.png`], to: '+14155550121' },
      { body: 'Hello', mediaUrls: [] },
    ]);
  });

  it('gets plain text as it is, and what a Redirect leads to', async () => {
    const plain = { status: 200, body: 'Just this', headers: { 'content-type': 'text/plain' } };
    const line = await withTexts(plain, response('<Redirect>/other</Redirect>'));
    line.app.on('/other', response('<Message>From there</Message>'));
    line.line.textIn('one');
    await eventually(() => expect(outbound(line)).toMatchObject([{ body: 'Just this' }]));
    line.line.textIn('two');
    await eventually(() => expect(outbound(line)[0]).toMatchObject({ body: 'From there' }));
  });

  it('is not answered once they texted STOP, until they text START', async () => {
    const line = await withTexts(response('<Message>Hello</Message>'));
    const send = () =>
      line.client.messages.create({ to: '+14155550121', from: line.line.number, body: 'Hi' });
    line.line.textIn(' Stop ');
    await eventually(() => expect(line.line.alerts()).toMatchObject([{ code: 21610 }]));
    await expect(send()).rejects.toMatchObject({ code: 21610 });
    line.line.textIn('START');
    await eventually(() => expect(outbound(line)).toHaveLength(1));
    expect((await send()).status).toBe('queued');
  });

  it('leaves an alert when the answer is an error or no XML', async () => {
    const line = await withTexts({ status: 500 }, '<Response><Message>');
    line.line.textIn('one');
    await eventually(() => expect(line.line.alerts()).toMatchObject([{ code: 11200 }]));
    line.line.textIn('two');
    await eventually(() => expect(line.line.alerts().at(-1)).toMatchObject({ code: 12100 }));
  });
});
