import { Dialog } from 'radix-ui';
import { Layer } from '../shell/layer.tsx';
import { PaletteBody } from './palette-body.tsx';

/** The palette: digits dial, words find people and commands. Nothing dials before Enter or a click. */
export function Palette() {
  return (
    <Layer of={['palette', 'dial-pad']} className="palette">
      <Dialog.Title className="unseen">Dial, search or command</Dialog.Title>
      <Dialog.Description className="unseen">
        Type a number, a name, or a greater-than sign and a command. Enter runs the chosen line.
      </Dialog.Description>
      <PaletteBody />
    </Layer>
  );
}
