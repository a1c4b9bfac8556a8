/** What a checker may ask to hear back, so that no cache in between answers for us. */
const NONCE = /^[A-Za-z0-9_-]{1,64}$/;

/** What `GET /health` answers: which app listens here, and at whose desk. */
type Health = {
  readonly status: 'ok';
  readonly app: 'earshot';
  readonly desk?: string;
  readonly nonce?: string;
};

/** Reports that the server is well. @param nonce what the asker wants to hear back, if anything */
export function healthOf(deskId: string | undefined, nonce: unknown): Health {
  return {
    status: 'ok',
    app: 'earshot',
    ...(deskId === undefined ? {} : { desk: deskId }),
    ...(typeof nonce === 'string' && NONCE.test(nonce) ? { nonce } : {}),
  };
}
