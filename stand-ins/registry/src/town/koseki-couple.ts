/** 筆頭者 and 配偶者: 婚姻 or 分籍 first, then how it ended. Each is called by the name before the marriage where the other’s 婚姻 is recorded. */
import type { FamilyDesk } from './family-desk.ts';
import type { FamilyStory } from './family-story.ts';
import { type Entry, entryOf } from './koseki-entry.ts';
import { type KosekiEvent, kosekiEvents } from './koseki-events.ts';
import { daysAfter, onDay } from './ledger-days.ts';
import { fullWidth } from './places.ts';
import type { Parents, Relative } from './relatives.ts';

/** 縁組日 of the children who were adopted. */
export const ADOPTED_ON = { year: 2019, month: 4, day: 15 } as const;

export function coupleEntries(
  desk: FamilyDesk,
  story: FamilyStory,
  parents: { readonly head: Parents; readonly partner?: Parents & { readonly bornAs: string } },
): Entry[] {
  const { kind, head, partner, foreignSpouse } = story;
  const begun = onDay(story.begunOn);
  const married = kind === 'married';
  const beginning =
    partner && parents.partner
      ? kosekiEvents.married(begun, parents.partner.bornAs, parents.head.from)
      : foreignSpouse
        ? kosekiEvents.marriedForeigner(begun, foreignSpouse, parents.head.from)
        : kosekiEvents.separated(begun, parents.head.from);
  const first = entryOf(desk, story, head, {
    parents: parents.head,
    relationship: desk.random.pick(head.sex === 'male' ? ['長男', '長男', '二男'] : ['長女', '長女', '二女']),
    ...(married && { spouseOf: head.sex === 'male' ? ('husband' as const) : ('wife' as const) }),
    events: [beginning, ...endingOfHead(story), ...adoptionsBy(story, head)],
  });
  if (!partner || !parents.partner) return [first];
  const second = entryOf(desk, story, partner, {
    parents: parents.partner,
    relationship: desk.random.pick(partner.sex === 'male' ? ['長男', '二男', '三男'] : ['長女', '二女', '三女']),
    ...(married && { spouseOf: partner.sex === 'male' ? ('husband' as const) : ('wife' as const) }),
    removed: !married,
    events: [
      kosekiEvents.married(begun, head.name, parents.partner.from),
      ...endingOfPartner(desk, story),
      ...adoptionsBy(story, partner),
    ],
  });
  return [first, second];
}

function endingOfHead({ kind, endedOn, partner }: FamilyStory): KosekiEvent[] {
  if (!endedOn || !partner) return [];
  return [
    kind === 'widowed' ? kosekiEvents.widowed(onDay(endedOn)) : kosekiEvents.divorced(onDay(endedOn), partner.name),
  ];
}

function endingOfPartner({ random, places, domicileTown }: FamilyDesk, story: FamilyStory): KosekiEvent[] {
  const { kind, endedOn, head, children } = story;
  if (!endedOn) return [];
  const on = onDay(endedOn);
  if (kind === 'divorced') return [kosekiEvents.divorced(on, head.name, places.domicileElsewhere())];
  const time = `${random.pick(['午前', '午後'])}${fullWidth(random.between(1, 11))}時${fullWidth(random.between(1, 59))}分`;
  const notified = { on: daysAfter(on, random.between(1, 6)), by: `親族　${(children[0] ?? head).name}` };
  return [kosekiEvents.died(on, time, domicileTown, notified)];
}

function adoptionsBy({ isMain, spec, children }: FamilyStory, parent: Relative): KosekiEvent[] {
  if (!isMain || spec.family !== 'adopted') return [];
  return children.map((child) => kosekiEvents.adopting(ADOPTED_ON, parent.sex === 'male' ? '妻' : '夫', child.name));
}
