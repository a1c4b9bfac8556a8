import { describe, expect, it } from 'vitest';
import { explainNgrok } from '../../electron/tunnel/ngrok-problems.ts';

/** As ngrok's agent writes it. */
function said(text: string, code: number): string {
  return `failed to connect session: authentication failed: ${text}\n\nERR_NGROK_${code}`;
}

describe('what ngrok says, in words', () => {
  it('names the other program that has the one session of the account', () => {
    expect(explainNgrok(said('Your account is limited to 1 sessions.', 108))).toEqual({
      kind: 'tunnel-refused',
      message:
        'Another computer or program runs ngrok with this authtoken, and the account allows no second.',
      remedy: 'Close the other one; the ngrok dashboard shows under Agents where it runs.',
      link: 'https://dashboard.ngrok.com/agents',
      code: 'ERR_NGROK_108',
    });
  });

  it('never repeats the authtoken', () => {
    const token = '2abcSECRET_SECRET';
    const problem = explainNgrok(said(`Your authtoken: ${token}`, 105));
    expect(problem.kind).toBe('tunnel-refused');
    expect(problem.message).toContain('authtoken');
    expect(JSON.stringify(problem)).not.toContain(token);
  });

  it('knows the refusals of domains, of used-up traffic and of a missing token', () => {
    const codes = {
      313: 'domain',
      320: 'domain',
      334: 'already open',
      727: 'used up',
      4018: 'authtoken',
    };
    for (const [code, words] of Object.entries(codes)) {
      const problem = explainNgrok(said('No.', Number(code)));
      expect(problem.kind, code).toBe('tunnel-refused');
      expect(problem.message, code).toContain(words);
      expect(problem.link, code).toMatch(/^https:\/\/(dashboard\.)?ngrok\.com\//);
    }
  });

  it('links the page of a code it has no words for', () => {
    expect(explainNgrok(said('No.', 9999))).toMatchObject({
      kind: 'tunnel-refused',
      code: 'ERR_NGROK_9999',
      link: 'https://ngrok.com/docs/errors/err_ngrok_9999',
    });
  });

  it('tells a missing network and a proxy that opens secure connections apart', () => {
    expect(explainNgrok('failed to establish tcp connection').message).toContain(
      'cannot be reached',
    );
    expect(explainNgrok('tls handshake error').message).toContain('secure connections');
  });
});
