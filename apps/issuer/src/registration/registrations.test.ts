import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isAboutCert,
  isClaim,
  type RegistrationEvent,
  type RegistrationEventType,
  registrationEventTypes,
} from './events.ts';
import { certKey, type Registration, registrationsFrom } from './registrations.ts';

const anchor = 'a'.repeat(64);
const cert = (serial: string) => ({ anchor, serial });
let told = 0;

function event(type: RegistrationEventType, day: number, more: Partial<RegistrationEvent> = {}): RegistrationEvent {
  return {
    eventId: `e${++told}`,
    type,
    residentId: 'r1',
    cert: null,
    previousCert: null,
    medium: null,
    role: isClaim({ type }) ? 'residence' : null,
    at: new Date(Date.UTC(2026, 0, day)),
    usable: true,
    ...more,
  };
}

function stateOf(serial: string, events: RegistrationEvent[]): string | undefined {
  const found = registrationsFrom(events).find((registration) => registration.serial === serial);
  return found && (found.endedBy ?? found.state);
}

describe('the meaning of the facts', () => {
  const registered = event('registered', 1, { cert: cert('01') });

  test('a person may have several certs: card and phones', () => {
    const phone = event('registered', 2, { cert: cert('02'), medium: 'iphone' });
    expect(registrationsFrom([registered, phone]).map((r) => [r.serial, r.state, r.medium])).toEqual([
      ['01', 'active', null],
      ['02', 'active', 'iphone'],
    ]);
  });

  test('a renewal ends the old serial and begins the new one', () => {
    const events = [registered, event('renewed', 3, { cert: cert('02'), previousCert: cert('01') })];
    expect(stateOf('01', events)).toBe('superseded');
    expect(stateOf('02', events)).toBe('active');
  });

  test('who moved out and in again needs 継続利用', () => {
    const back = [registered, event('moved-out', 5), event('moved-in', 8)];
    expect(stateOf('01', back)).toBe('moved-out');
    expect(stateOf('01', [...back, event('continued', 9, { cert: cert('01') })])).toBe('active');
  });

  test('a cert that a former resident took along can be continued under a new resident id', () => {
    const events = [registered, event('moved-out', 5), event('continued', 9, { cert: cert('01'), residentId: 'r2' })];
    expect(registrationsFrom(events)[0]).toMatchObject({ residentId: 'r2', state: 'active' });
  });

  test('two living claimants of one cert are both refused', () => {
    expect(stateOf('01', [registered, event('registered', 2, { cert: cert('01'), residentId: 'r2' })])).toBe(
      'contradicted',
    );
  });

  test('a registration at the counter waits for the nightly feed, a withdrawal does not', () => {
    const counter = event('registered', 1, { cert: cert('03'), usable: false });
    expect(stateOf('03', [counter])).toBe('pending');
    expect(stateOf('03', [{ ...counter, usable: true }])).toBe('active');
    expect(stateOf('01', [registered, event('withdrawn', 2, { cert: cert('01'), usable: false })])).toBe('withdrawn');
  });

  test('a withdrawn cert never comes back, whatever is told afterwards', () => {
    const withdrawn = [registered, event('withdrawn', 2, { cert: cert('01') })];
    const again = [
      event('registered', 20, { cert: cert('01') }),
      event('moved-in', 21),
      event('continued', 22, { cert: cert('01') }),
    ];
    expect(stateOf('01', [...withdrawn, ...again])).toBe('withdrawn');
  });
});

describe('somebody who has only the 本籍 here', () => {
  const domicile = event('registered', 1, { cert: cert('01'), role: 'registered-domicile' });
  const standing = (events: RegistrationEvent[]) => {
    const [found] = registrationsFrom(events);
    return [found?.role, found?.endedBy ?? found?.state];
  };

  test('does not move: 転入 and 転出 leave the registration as it is, 死亡 and 消除 end it', () => {
    expect(standing([domicile])).toEqual(['registered-domicile', 'active']);
    expect(standing([domicile, event('moved-in', 2), event('moved-out', 3)])).toEqual([
      'registered-domicile',
      'active',
    ]);
    expect(standing([domicile, event('died', 2)])).toEqual(['registered-domicile', 'died']);
    expect(standing([domicile, event('removed', 2)])).toEqual(['registered-domicile', 'removed']);
  });

  test('is served as a resident from 継続利用 on, and as before after 転出', () => {
    const livesHere = [domicile, event('moved-in', 2), event('continued', 3, { cert: cert('01') })];
    expect(standing(livesHere)).toEqual(['residence', 'active']);
    expect(standing([...livesHere, event('moved-out', 4)])).toEqual(['registered-domicile', 'active']);
  });

  test('keeps the registration while that of 住所地 waits for the nightly feed', () => {
    const waiting = event('continued', 3, { cert: cert('01'), usable: false });
    expect(standing([domicile, waiting])).toEqual(['registered-domicile', 'active']);
  });

  test('is somebody else than a resident with the same cert: both are refused', () => {
    expect(standing([domicile, event('registered', 2, { cert: cert('01'), residentId: 'r2' })])).toEqual([
      'residence',
      'contradicted',
    ]);
  });
});

describe('whatever way the facts arrive', () => {
  const serials = ['01', '02', '03'];
  const anyEvent = fc
    .record({
      type: fc.constantFrom(...registrationEventTypes),
      residentId: fc.constantFrom('r1', 'r2'),
      serial: fc.constantFrom(...serials),
      previous: fc.constantFrom(...serials),
      day: fc.integer({ min: 1, max: 6 }),
      id: fc.integer({ min: 1, max: 10_000 }),
      usable: fc.boolean(),
      role: fc.constantFrom('residence' as const, 'registered-domicile' as const),
    })
    .map(({ type, residentId, serial, previous, day, id, usable, role }): RegistrationEvent => {
      const whole = event(type, day, { residentId, usable, eventId: `e${id}` });
      return {
        ...whole,
        cert: isAboutCert(whole) ? cert(serial) : null,
        role: isClaim(whole) ? role : null,
        previousCert: type === 'renewed' && previous !== serial ? cert(previous) : null,
      };
    });
  const history = fc.uniqueArray(anyEvent, { selector: (e) => e.eventId, maxLength: 14 });
  const sorted = (registrations: Registration[]) =>
    [...registrations].sort((a, b) => certKey(a).localeCompare(certKey(b)));

  test('any order and any repetition ends in the same state', () => {
    const shuffled = history.chain((events) =>
      fc.tuple(
        fc.constant(events),
        fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
        fc.shuffledSubarray(events),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([events, inAnyOrder, again]) => {
        expect(sorted(registrationsFrom([...inAnyOrder, ...again]))).toEqual(sorted(registrationsFrom(events)));
      }),
    );
  });

  test('no further event revives a withdrawn or superseded cert, or one of the dead', () => {
    fc.assert(
      fc.property(history, history, (events, later) => {
        const after = new Map(registrationsFrom([...events, ...later]).map((r) => [certKey(r), r]));
        for (const before of registrationsFrom(events)) {
          if (before.endedBy === 'withdrawn' || before.endedBy === 'superseded') {
            expect(after.get(certKey(before))?.state).toBe('ended');
          }
          const now = after.get(certKey(before));
          const died = [...events, ...later].some((e) => e.type === 'died' && e.residentId === now?.residentId);
          if (died) expect(now?.state).toBe('ended');
        }
      }),
    );
  });

  test('an active cert has exactly one resident, who lives here', () => {
    fc.assert(
      fc.property(history, (events) => {
        for (const { state, residentId, anchor: a, serial } of registrationsFrom(events)) {
          if (state !== 'active') continue;
          expect(events.some((e) => e.type === 'died' && e.residentId === residentId)).toBe(false);
          expect(events.some((e) => e.type === 'withdrawn' && e.cert?.serial === serial && e.cert.anchor === a)).toBe(
            false,
          );
        }
      }),
    );
  });
});
