import { DropdownMenu } from 'radix-ui';
import { asLive, type LiveCall } from '../../electron/core/call.ts';
import { findCall } from '../../electron/core/state.ts';
import { consoleStore } from '../earshot.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { act } from '../state/refusals.ts';
import { useConsole } from '../state/use-console.ts';
import { joinNames, legNamesIn } from '../words/room-words.ts';
import { agentFor } from './agent-offer.ts';
import { takesPeople } from './call-people.ts';
import { askPerson } from './mode-acts.ts';
import { openPersonSheet } from './over-call.ts';

type PeopleItemsProps = { readonly call: LiveCall };

/** Menu items for who is on a call: bringing somebody in, giving it away, ending it for everyone. */
export function PeopleItems({ call }: PeopleItemsProps) {
  const agent = useConsole(state => agentFor(call, state));
  const people = takesPeople(call);
  const { room } = call;
  return (
    <>
      {people ? (
        <>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => afterMenu(() => openPersonSheet('add', call.id))}
          >
            Add person… <KeyCap of="add-person" />
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => afterMenu(() => openPersonSheet('transfer', call.id))}
          >
            Transfer… <KeyCap of="transfer" />
          </DropdownMenu.Item>
        </>
      ) : null}
      {agent === null ? null : (
        <DropdownMenu.Item
          className="menu-item"
          onSelect={() => act({ command: 'hand-to-agent', callId: call.id })}
        >
          Let {agent} serve this call
        </DropdownMenu.Item>
      )}
      {room?.shape === 'dialled' ? (
        <DropdownMenu.Item className="menu-item" onSelect={() => afterMenu(() => askMove(call))}>
          Make it a conference…
        </DropdownMenu.Item>
      ) : null}
      {room !== null && room.legs.length > 1 ? (
        <>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item
            className="menu-item"
            data-tone="danger"
            onSelect={() => afterMenu(() => askEnd(call))}
          >
            End for everyone…
          </DropdownMenu.Item>
        </>
      ) : null}
    </>
  );
}

/** Once the menu is gone and has given the focus back. */
function afterMenu(run: () => void): void {
  requestAnimationFrame(run);
}

function namesOf({ id }: LiveCall): string {
  const state = consoleStore.get();
  const call = asLive(findCall(state, id));
  if (call === null || call.room === null) return '';
  return joinNames(call.room.legs.map(legNamesIn(call, state)));
}

function askMove(call: LiveCall): void {
  const stay = call.room?.legs.length === 2 ? 'both' : 'all';
  askPerson(call.id, 'move', {
    words: `Brings ${namesOf(call)} into a conference; ${stay} stay on the line.`,
    act: 'Make it a conference',
    move: true,
  });
}

function askEnd(call: LiveCall): void {
  askPerson(call.id, 'end', {
    words: `Ends the call for everyone: ${namesOf(call)}${call.kind === 'direct' ? ' and you' : ''}.`,
    act: 'End for everyone',
    move: false,
  });
}
