import { expect, it } from 'vitest';
import { parseTwiml, TwimlError } from '../../electron/practice/twiml.ts';

it('reads verbs with Twilio’s defaults', () => {
  const verbs = parseTwiml(
    '<Response><Say>Hi</Say><Pause/><Pause length="0"/><Redirect>/x</Redirect><Reject/><Dial>+14155550101</Dial></Response>',
  );
  expect(verbs).toMatchObject([
    { verb: 'Say', text: 'Hi', loop: 1 },
    { verb: 'Pause', ms: 1000 },
    { verb: 'Pause', ms: 0 },
    { verb: 'Redirect', url: '/x', method: 'POST' },
    { verb: 'Reject', reason: 'rejected' },
    { verb: 'Dial', number: '+14155550101', timeoutMs: 30_000 },
  ]);
});

it('reads a Gather with its prompts', () => {
  const [gather] = parseTwiml(
    '<Response><Gather input="dtmf speech" numDigits="4" timeout="3" action="/a" method="GET"><Say>Now</Say><Pause/></Gather></Response>',
  );
  expect(gather).toMatchObject({
    dtmf: true,
    speech: true,
    numDigits: 4,
    timeoutMs: 3000,
    finishOnKey: '#',
    action: '/a',
    method: 'GET',
    prompts: [{ verb: 'Say' }, { verb: 'Pause' }],
  });
});

it('reads a stream with its parameters', () => {
  const [stream] = parseTwiml(
    '<Response><Connect action="/done"><Stream url="wss://a/b" name="n"><Parameter name="k" value="v"/></Stream></Connect></Response>',
  );
  expect(stream).toMatchObject({
    verb: 'Stream',
    url: 'wss://a/b',
    name: 'n',
    parameters: { k: 'v' },
    action: '/done',
  });
});

it('keeps unknown verbs by name and reads an empty answer as no verbs', () => {
  expect(parseTwiml('<Response><Dance/></Response>')).toEqual([{ verb: 'unknown', name: 'Dance' }]);
  expect(parseTwiml(' ')).toEqual([]);
});

it('refuses what is not TwiML', () => {
  expect(() => parseTwiml('<html/>')).toThrow(TwimlError);
  expect(() => parseTwiml('<Response><Say></Response>')).toThrow(TwimlError);
});
