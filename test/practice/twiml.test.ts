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
    { verb: 'Dial', numbers: [{ number: '+14155550101' }], timeoutMs: 30_000 },
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

it('reads the words of SSML, apart where it makes a break', () => {
  const [say] = parseTwiml(
    '<Response><Say><p>Hello<break time="1s"/>there</p><p>This is <sub alias="Earshot">E</sub>, ' +
      '<emphasis>really</emphasis>.</p></Say></Response>',
  );
  expect(say).toMatchObject({ text: 'Hello there This is Earshot, really.' });
});

it('reads what is started and stopped', () => {
  const verbs = parseTwiml(
    '<Response><Start><Stream url="wss://a" track="both_tracks" statusCallback="/s"/><Siprec/></Start>' +
      '<Start><Recording recordingStatusCallback="/r" recordingStatusCallbackEvent="in-progress completed"/></Start>' +
      '<Stop><Stream name="n"/></Stop><Stop><Recording/></Stop></Response>',
  );
  expect(verbs).toMatchObject([
    {
      verb: 'StartStream',
      tracks: ['inbound', 'outbound'],
      callback: { url: '/s', method: 'POST' },
    },
    { verb: 'unknown', name: 'Start Siprec' },
    { verb: 'StartRecording', channels: 2, events: ['in-progress', 'completed'] },
    { verb: 'StopStream', name: 'n' },
    { verb: 'StopRecording' },
  ]);
});

it('reads a Dial with all it can do, and what it does not know as unknown', () => {
  const [dial, other] = parseTwiml(
    '<Response><Dial timeLimit="60" hangupOnStar="true" answerOnBridge="true" record="record-from-answer-dual" later="1">' +
      '<Number sendDigits="1" url="/w" statusCallback="/s" statusCallbackEvent="ringing answered">+1 415 555 0101</Number>' +
      '<Number>+14155550102</Number></Dial><Dial><Sim>x</Sim></Dial></Response>',
  );
  expect(dial).toMatchObject({
    timeLimitMs: 60_000,
    hangupOnStar: true,
    answerOnBridge: true,
    recording: { channels: 2 },
    numbers: [
      {
        number: '+14155550101',
        sendDigits: '1',
        whisper: { url: '/w' },
        events: ['ringing', 'answered'],
      },
      { number: '+14155550102', events: ['completed'] },
    ],
  });
  expect(other).toEqual({ verb: 'unknown', name: 'Dial Sim' });
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
