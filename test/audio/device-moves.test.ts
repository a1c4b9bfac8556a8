import { describe, expect, it } from 'vitest';
import { deviceMove } from '../../electron/audio/device-moves.ts';
import type { SoundDevice } from '../../electron/core/sound.ts';

function device(id: string, isDefault = false): SoundDevice {
  return { id, name: id, isDefault, isBuiltIn: false };
}

const speaker = device('speaker', true);
const headset = device('headset');

describe('a new list of devices, for one that is open', () => {
  it('means nothing while that device and the default stay', () => {
    expect(deviceMove([speaker], [speaker, headset], null, speaker)).toBe('stay');
    expect(deviceMove([speaker, headset], [speaker], null, speaker)).toBe('stay');
  });

  it('means that it is gone when it is not there', () => {
    expect(deviceMove([speaker, headset], [speaker], 'headset', headset)).toBe('gone');
    expect(deviceMove([speaker], [], null, speaker)).toBe('gone');
  });

  it('means to move to the chosen one when that is back', () => {
    expect(deviceMove([speaker], [speaker, headset], 'headset', speaker)).toBe('move');
  });

  it('means to move with the default only where that is followed', () => {
    const after = [device('speaker'), device('headset', true)];
    expect(deviceMove([speaker, headset], after, null, speaker)).toBe('move');
    expect(deviceMove([speaker, headset], after, 'gone', speaker)).toBe('move');
    expect(deviceMove([speaker, headset], after, 'speaker', speaker)).toBe('stay');
    expect(deviceMove(after, after, null, speaker)).toBe('stay');
  });

  it('means to try what is new where none could be opened', () => {
    expect(deviceMove([], [speaker], null, null)).toBe('move');
    expect(deviceMove([speaker], [speaker], null, null)).toBe('stay');
  });
});
