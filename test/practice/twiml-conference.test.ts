import { expect, it } from 'vitest';
import { PLAIN_JOIN } from '../../electron/practice/conference-options.ts';
import { parseTwiml } from '../../electron/practice/twiml.ts';
import { response } from './fixture.ts';

function conferenceIn(noun: string): object | undefined {
  const [verb] = parseTwiml(response(`<Dial>${noun}</Dial>`));
  return verb?.verb === 'Dial' ? verb.conference : undefined;
}

it('reads a Conference of which nothing is said', () => {
  expect(conferenceIn('<Conference> room </Conference>')).toEqual({
    name: 'room',
    options: PLAIN_JOIN,
  });
  expect(conferenceIn('<Number>+14155550101</Number>')).toBeUndefined();
});

it('reads everything that can be said of one', () => {
  const attributes = Object.entries({
    participantLabel: 'agent',
    muted: 'true',
    coach: 'CA1',
    beep: 'onExit',
    startConferenceOnEnter: 'false',
    endConferenceOnExit: 'true',
    waitUrl: '/wait',
    waitMethod: 'GET',
    maxParticipants: '3',
    jitterBufferSize: 'small',
    statusCallback: '/room',
    statusCallbackMethod: 'GET',
    statusCallbackEvent: 'start leave never',
  }).map(([name, value]) => `${name}="${value}"`);
  expect(conferenceIn(`<Conference ${attributes.join(' ')}>room</Conference>`)).toEqual({
    name: 'room',
    options: {
      label: 'agent',
      muted: true,
      coaching: true,
      callSidToCoach: 'CA1',
      beep: 'onExit',
      startConferenceOnEnter: false,
      endConferenceOnExit: true,
      wait: { url: '/wait', method: 'GET' },
      maxParticipants: 3,
      jitterBufferSize: 'small',
      callback: { url: '/room', method: 'GET', events: ['start', 'leave'] },
    },
  });
});

it('knows an empty waitUrl from none, and tells nothing unless asked to', () => {
  expect(
    conferenceIn('<Conference waitUrl="" beep="loud" statusCallback="/r">x</Conference>'),
  ).toEqual({
    name: 'x',
    options: { ...PLAIN_JOIN, wait: { url: '', method: 'POST' } },
  });
});
