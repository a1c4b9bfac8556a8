import { expect, test } from 'vitest';
import type { LineState } from '../../../electron/core/line.ts';
import type { SettingsChange } from '../../../electron/core/settings.ts';
import { idleSentence } from '../../../renderer/calls/idle-sentence.ts';
import { consoleState, downLine, trialLine, twilioLine } from '../console-states.ts';

function says(line: LineState, settings: SettingsChange = {}): string {
  return idleSentence({ line, settings: { ...consoleState().settings, ...settings } });
}

const to = (pointing: LineState['pointing']) => says(twilioLine({ pointing }));

test('a ready line says which calls ring here', () => {
  expect(says(consoleState().line)).toBe('Calls to +1 415 555 0100 ring here.');
  expect(says(twilioLine(), { inboundPolicy: 'allow-list', allowList: ['+14155550177'] })).toBe(
    'Calls to +1 415 555 0100 from 1 number ring here.',
  );
  expect(says(twilioLine(), { inboundPolicy: 'closed' })).toContain('are turned away');
});

test('a trial says that calls go in words', () => {
  expect(says(trialLine())).toContain('You read what callers say');
});

test('a line whose calls do not come says where they are', () => {
  expect(to({ to: 'another-desk', voiceUrl: null })).toContain('ring at another Earshot');
  expect(to({ to: 'elsewhere', voiceUrl: 'https://example.com/voice' })).toContain(
    'go to example.com/voice.',
  );
  expect(says(downLine())).toContain('cannot ring here now');
  const { address } = twilioLine();
  expect(says(twilioLine({ address: { ...address, kind: 'none' } }))).toContain(
    'Nothing rings here',
  );
});
