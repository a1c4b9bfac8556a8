import { describe, expect, it } from 'vitest';
import { keyWithheld } from '../electron/service-keys.ts';

describe('a key that a person entered', () => {
  it.each(['wss://api.openai.com', 'wss://eu.api.openai.com', 'ws://127.0.0.1:4020'])(
    'goes to %s',
    url => {
      expect(keyWithheld('openai', { key: null, url })).toBeNull();
    },
  );

  it.each(['wss://api.deepgram.com', 'ws://api.openai.com', 'wss://openai.com.example.net'])(
    'does not go to %s',
    url => {
      expect(keyWithheld('openai', { key: null, url })).toMatchObject({
        kind: 'invalid-configuration',
        message: expect.stringContaining('EARSHOT_OPENAI_URL'),
        remedy: expect.stringContaining('OPENAI_API_KEY'),
      });
    },
  );
});
