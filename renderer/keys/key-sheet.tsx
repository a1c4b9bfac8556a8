import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { platform } from '../earshot.ts';
import { Layer } from '../shell/layer.tsx';
import { currentConditions } from './current-conditions.ts';
import { type KeyBinding, workingKeys, writeCombo } from './key-table.ts';

const GROUPS: readonly KeyBinding['group'][] = [
  'Calls',
  'Others',
  'Microphone',
  'Moving',
  'Hearing again',
  'Window',
];

/** Titles of groups that need more than a word. */
const TITLES: Readonly<Partial<Record<KeyBinding['group'], string>>> = {
  Others: 'Calls of others',
};

/** The keys of the window that work now, from the same table that makes them work. */
export function KeySheet() {
  return (
    <Layer of={['keys']} className="sheet" focusSelf>
      <OpenKeySheet />
    </Layer>
  );
}

function OpenKeySheet() {
  const [working] = useState(() => workingKeys(currentConditions()));
  return (
    <>
      <Dialog.Title>Keys</Dialog.Title>
      <Dialog.Description className="second">
        These keys work now. Single letters work outside text fields. While the keypad is open,
        digits send tones.
      </Dialog.Description>
      <div className="sheet-groups">
        {GROUPS.map(group => (
          <section key={group}>
            <h3>{TITLES[group] ?? group}</h3>
            <dl className="key-list">
              {working
                .filter(binding => binding.group === group)
                .map(binding => (
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
    </>
  );
}
