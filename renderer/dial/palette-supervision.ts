import { asLive, type LiveCall } from '../../electron/core/call.ts';
import { agentsOf, type Mode, wouldHear } from '../../electron/core/room.ts';
import type { ConsoleState } from '../../electron/core/state.ts';
import type { Place } from '../state/place.ts';
import { act } from '../state/refusals.ts';
import { agentFor } from '../supervision/agent-offer.ts';
import { canLeave, leavesAlone, takesPeople } from '../supervision/call-people.ts';
import { chooseMode, handBack, leaveCall, listenTo } from '../supervision/mode-acts.ts';
import { MODE_KEYS } from '../supervision/mode-cell.tsx';
import { modeChoices, modeTarget, presentMode } from '../supervision/mode-view.ts';
import { openPersonSheet } from '../supervision/over-call.ts';
import { nameInState } from '../words/names.ts';
import { joinNames, legNamesIn, pairWords, shortTitle } from '../words/room-words.ts';
import type { PaletteCommand } from './palette-entries.ts';

/** What can be done with calls of others, and with who is on a call, each with who will hear it. */
export function supervisionCommands(state: ConsoleState, place: Place): readonly PaletteCommand[] {
  const target = modeTarget(state, place);
  const shown = asLive(state.calls.find(({ id }) => id === place.callId));
  const unheard = state.accountCalls.filter(call => call.callId === null && call.status === 'live');
  return [
    ...(target === null ? [] : modeCommands(target, state)),
    ...(shown === null ? [] : peopleCommands(shown, state)),
    ...unheard.map(
      (call): PaletteCommand => ({
        name: `listen-${call.sid}`,
        title: `Listen to ${pairWords(call, false)}`,
        detail: 'nobody will hear you',
        key: place.accountCallSid === call.sid ? 'listen' : null,
        run: () => void listenTo(call.sid),
      }),
    ),
  ];
}

function modeCommands(call: LiveCall, state: ConsoleState): readonly PaletteCommand[] {
  const title = shortTitle(call, state);
  const present = presentMode(call);
  const choices = modeChoices(call, legNamesIn(call, state), nameInState(call, state));
  const modes = choices
    .filter(({ mode, why }) => why === null && mode !== present)
    .map(
      ({ mode }): PaletteCommand => ({
        name: `mode-${mode}`,
        ...wordsOf(mode, call, state, title),
        key: MODE_KEYS[mode],
        run: () => chooseMode(mode, call),
      }),
    );
  const isInPlace = present === 'takeover' || call.agent?.status === 'silent';
  return [
    ...modes,
    ...(isInPlace
      ? [
          plain(
            'hand-back',
            `Hand ${title} back`,
            'nobody will hear you',
            () => void handBack(call.id),
          ),
        ]
      : []),
  ];
}

function wordsOf(
  mode: Mode,
  call: LiveCall,
  state: ConsoleState,
  title: string,
): Pick<PaletteCommand, 'title' | 'detail'> {
  const customer = nameInState(call, state);
  const { room, agent } = call;
  const name = legNamesIn(call, state);
  const hearers = room === null ? [] : wouldHear(room, mode).map(name);
  const served = room === null ? (agent?.name ?? '') : joinNames(agentsOf(room.legs).map(name));
  switch (mode) {
    case 'listen':
      return { title: `Listen to ${title}`, detail: 'nobody will hear you' };
    case 'whisper':
      return agent === null
        ? {
            title: `Whisper to ${joinNames(hearers)} (${title})`,
            detail: 'nobody else will hear you',
          }
        : { title: `Tell ${agent.name}… (${title})`, detail: 'typed; nobody else gets it' };
    case 'barge':
      return agent === null
        ? { title: `Barge into ${title}`, detail: `${joinNames(hearers)} will hear you` }
        : {
            title: `Barge into ${title}`,
            detail: `${customer} will hear you; ${agent.name} goes silent`,
          };
    case 'takeover': {
      const from = room?.shape === 'alone' ? 'the program' : served;
      return {
        title: `Take over ${customer}${from === '' ? '' : ` from ${from}`}`,
        detail: `asks first; ${customer} will hear only you`,
      };
    }
  }
}

function peopleCommands(call: LiveCall, state: ConsoleState): readonly PaletteCommand[] {
  const title = shortTitle(call, state);
  const agent = agentFor(call, state);
  return [
    ...(canLeave(call)
      ? [
          {
            name: 'leave',
            title: `Leave ${title}`,
            detail: leavesAlone(call) ? 'asks first; nobody else is on it' : 'the others go on',
            key: 'leave',
            run: () => leaveCall(call.id),
          } as const,
        ]
      : []),
    ...(takesPeople(call)
      ? ([
          {
            name: 'add-person',
            title: `Add a person to ${title}`,
            key: 'add-person',
            run: () => openPersonSheet('add', call.id),
          },
          {
            name: 'transfer',
            title: `Transfer ${title}`,
            key: 'transfer',
            run: () => openPersonSheet('transfer', call.id),
          },
        ] as const)
      : []),
    ...(agent === null
      ? []
      : [
          plain('hand-to-agent', `Let ${agent} serve ${title}`, `${agent} speaks for you`, () =>
            act({ command: 'hand-to-agent', callId: call.id }),
          ),
        ]),
  ];
}

function plain(name: string, title: string, detail: string, run: () => void): PaletteCommand {
  return { name, title, detail, key: null, run };
}
