import { expect, test } from 'vitest';
import { dialCommand, shownNumber } from '../../../renderer/dial/shown-number.ts';
import { consoleState, SAM, twilioLine } from '../console-states.ts';

const state = (callerId: string | null) =>
  consoleState({ line: twilioLine(), settings: { ...consoleState().settings, callerId } });

test('the number that was chosen is shown', () => {
  expect(dialCommand('+14155550177', state(SAM.number))).toEqual({
    command: 'dial',
    to: '+14155550177',
    from: SAM.number,
  });
});

test('a number the line may not show is not asked for', () => {
  expect(shownNumber(state('+14155559999'))).toBeNull();
  expect(dialCommand('+14155550177', state(null))).toEqual({
    command: 'dial',
    to: '+14155550177',
  });
});
