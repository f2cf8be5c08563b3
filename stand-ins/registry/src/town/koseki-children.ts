/** 子 in the order of birth: those who live here, and those who have left since the 戸籍 was computerised. */
import { earliestDay, partsOf } from '@machikado/domain';
import type { FamilyDesk } from './family-desk.ts';
import type { FamilyStory } from './family-story.ts';
import { ADOPTED_ON } from './koseki-couple.ts';
import { type Entry, type EntryFacts, entryOf } from './koseki-entry.ts';
import { type KosekiEvent, kosekiEvents } from './koseki-events.ts';
import { dayIn, daysAfter, onDay } from './ledger-days.ts';
import { absentParents, absentRelative, type Parents, type Relative, surnameOf } from './relatives.ts';

type Facts = Omit<EntryFacts, 'relationship'>;

export function childEntries(desk: FamilyDesk, story: FamilyStory, parents: Omit<Parents, 'from'>): Entry[] {
  const here = story.children.map((child) => ({ child, facts: factsOf(desk, story, parents) }));
  const counts = { male: 0, female: 0, unspecified: 0 };
  return [...here, ...gone(desk, story, parents)]
    .sort((a, b) => (earliestDay(a.child.birth) < earliestDay(b.child.birth) ? -1 : 1))
    .map(({ child, facts }) => {
      counts[child.sex] += 1;
      const rank = ['長', '二', '三', '四', '五', '六'][counts[child.sex] - 1];
      return entryOf(desk, story, child, { ...facts, relationship: `${rank}${child.sex === 'male' ? '男' : '女'}` });
    });
}

function factsOf(desk: FamilyDesk, story: FamilyStory, parents: Omit<Parents, 'from'>): Facts {
  const { head, isMain, spec } = story;
  if (isMain && spec.family === 'adopted') {
    const natural = absentParents(desk, `${otherSurname(desk, head)}　`);
    const { father, mother } = parents;
    const adopted = kosekiEvents.adopted(ADOPTED_ON, father ?? '', mother ?? '', natural.from);
    return { parents: natural, adoptive: parents, events: [adopted] };
  }
  return { parents, events: [] };
}

function gone(desk: FamilyDesk, story: FamilyStory, parents: Omit<Parents, 'from'>) {
  return leavers(desk, story).map(({ child, event }) => ({
    child,
    facts: { parents, removed: true, events: [event] } satisfies Facts,
  }));
}

function leavers(desk: FamilyDesk, story: FamilyStory): { readonly child: Relative; readonly event: KosekiEvent }[] {
  const { random, names, places } = desk;
  const { head, partner, begunOn, since, endedOn, isMain, spec } = story;
  const begun = partsOf(begunOn).year;
  const surname = surnameOf(head.name);
  if (isMain && spec.family === 'divorced' && endedOn && partner) {
    const child = absentRelative(desk, surname, 'female', onDay(dayIn(random, begun + 1)));
    const into = `${places.domicileElsewhere()}　${partner.name}`;
    const on = daysAfter(onDay(endedOn), 40);
    return [{ child, event: kosekiEvents.enteredElsewhere(on, '母の氏を称する入籍', into) }];
  }
  return Array.from({ length: howMany(desk, story) }, (_, i) => {
    const sex = i % 2 === 0 ? ('male' as const) : ('female' as const);
    const bornIn = begun + 1 + 2 * i;
    const marriedIn = Math.max(bornIn + 24 + random.between(0, 5), partsOf(since).year + 1);
    if (marriedIn > 2025) return [];
    const child = absentRelative(desk, surname, sex, onDay(dayIn(random, bornIn)));
    const spouse = names.relative([otherSurname(desk, head), ''], sex === 'male' ? 'female' : 'male').name;
    const marriedOn = onDay(dayIn(random, marriedIn));
    return [{ child, event: kosekiEvents.marriedAway(marriedOn, spouse, places.domicileElsewhere(), '夫') }];
  }).flat();
}

function howMany({ random }: FamilyDesk, { isMain, spec, kind, children, foreignSpouse }: FamilyStory): number {
  if (isMain && spec.family === 'long') return 5;
  const childless = kind === 'married' && children.length === 0 && !foreignSpouse && spec.family === undefined;
  return childless && random.chance(0.5) ? random.between(1, 2) : 0;
}

function otherSurname({ names }: FamilyDesk, head: Relative): string {
  for (;;) {
    const [word] = names.surname();
    if (word !== surnameOf(head.name)) return word;
  }
}
