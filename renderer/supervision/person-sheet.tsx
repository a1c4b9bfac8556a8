import { Dialog } from 'radix-ui';
import { asLive } from '../../electron/core/call.ts';
import { findCall } from '../../electron/core/state.ts';
import { useConsole } from '../state/use-console.ts';
import { useStore } from '../state/use-store.ts';
import { shortTitle } from '../words/room-words.ts';
import { closeOverCall, overCall } from './over-call.ts';
import { OverSheet } from './over-sheet.tsx';
import { PersonForm } from './person-form.tsx';

/** Looks for somebody to bring into a call, or to give it to. */
export function PersonSheet() {
  const over = useStore(overCall, value => value);
  const wanted = over === null || over.kind === 'modes' ? null : over;
  const call = useConsole(state => asLive(findCall(state, wanted?.callId ?? null)));
  const title = useConsole(state => {
    const live = asLive(findCall(state, wanted?.callId ?? null));
    return live === null ? '' : shortTitle(live, state);
  });
  return (
    <OverSheet open={wanted !== null && call !== null} className="sheet person-sheet">
      {wanted === null || call === null ? null : (
        <>
          <Dialog.Title>
            {wanted.kind === 'add' ? 'Add a person to' : 'Transfer'} {title}
          </Dialog.Title>
          <Dialog.Description className="second">
            {wanted.kind === 'add'
              ? 'Everybody on the call will hear them, and they hear everybody.'
              : 'Warm: you stay until you leave. Cold: you leave at once.'}
          </Dialog.Description>
          <PersonForm call={call} wanted={wanted.kind} onDone={closeOverCall} />
        </>
      )}
    </OverSheet>
  );
}
