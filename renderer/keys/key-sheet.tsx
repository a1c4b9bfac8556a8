import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { platform } from '../earshot.ts';
import { Layer } from '../shell/layer.tsx';
import { KEY_BINDINGS, type KeyBinding, writeCombo } from './key-table.ts';

const GROUPS: readonly KeyBinding['group'][] = [
  'Calls',
  'Microphone',
  'Moving',
  'Hearing again',
  'Window',
];

/** Every key of the window, from the same table that makes them work. */
export function KeySheet() {
  return (
    <Layer of={['keys']} className="sheet" focusSelf>
      <Dialog.Title>Keys</Dialog.Title>
      <Dialog.Description className="second">
        Single letters work outside text fields. While the keypad is open, digits send tones.
      </Dialog.Description>
      <div className="sheet-groups">
        {GROUPS.map(group => (
          <section key={group}>
            <h3>{group}</h3>
            <dl className="key-list">
              {KEY_BINDINGS.filter(binding => binding.group === group).map(binding => (
                <div key={binding.act}>
                  <dt>{binding.title}</dt>
                  <dd>
                    {binding.combos.map(combo => (
                      <kbd key={combo} className="key">
                        {writeCombo(combo, platform)}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Dialog.Close className="button quiet icon sheet-close" aria-label="Close">
        <X size={16} aria-hidden="true" />
      </Dialog.Close>
    </Layer>
  );
}
