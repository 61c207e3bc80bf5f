// One speaker: what they are called, what they said over time.
import { address, ask, useRows, useWork } from "./api";
import { can, whenKnown } from "./can";
import { Lanes, type Join } from "./lanes";
import { ListTools } from "./list";
import { Answer, AttributionCard, Heading, More, Note, Speaker } from "./parts";
import { attributionsOf, idOf } from "./record";
import { ReviewButtons } from "./review";
import { Link, toClaim, type Place } from "./route";
import { Meant } from "./search";
import { StanceCounts } from "./tables";
import { headingOf, pieces, Words } from "./text";
import type { Attribution, Claim, Conflict, OutletFigures, Page, Shift } from "./types";

/** Words by which articles name the speaker, most frequent first; pronouns are
 * left out: a name has a word of the speaker's, or a capital inside. */
function namesOf(name: string, rows: Attribution[]): string[] {
  const counts = new Map<string, number>();
  const own = new Set(name.split(/\s+/));
  for (const row of rows) {
    const words = pieces(row.source_text).trim().replace(/[,;:]$/, "");
    const named = words.split(/[\s,;]+/).some((word) => own.has(word)) || /\s\p{Lu}/u.test(words);
    if (named && words.length < 80) counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([words]) => words);
}

function Facts({ name, rows }: { name: string; rows: Attribution[] }) {
  const outlets = useRows<OutletFigures>("outlets", { speaker: name, limit: 200, sort: "attributions" }).data ?? [];
  const stances: Record<string, number> = {};
  for (const row of outlets)
    for (const [stance, count] of Object.entries(row.stances)) stances[stance] = (stances[stance] ?? 0) + count;
  const names = namesOf(name, rows).filter((words) => words !== name).slice(0, 8);
  return (
    <>
      {names.length > 0 && (
        <>
          <h2>Called</h2>
          <ul class="plain">
            {names.map((words) => (
              <li>
                <Words>{words}</Words>
              </li>
            ))}
          </ul>
        </>
      )}
      <h2>Stances</h2>
      <StanceCounts stances={stances} to={(stance) => address("/search", { speaker: name, stance })} />
      <h2>Reported by</h2>
      <ul class="plain">
        {outlets.map(({ outlet, attributions }) => (
          <li>
            {outlet ? (
              <Link to={address("/search", { speaker: name, outlet })}>
                <Words>{outlet}</Words>
              </Link>
            ) : (
              <span class="nobody">outlet not told</span>
            )}{" "}
            <span class="count">{attributions.toLocaleString("en")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

// ---- whom they contradict, where they shifted ----

interface Disputes {
  subjects: Claim[];
  opponents: { name: string | null; claim: string; words: string }[];
  shifts: { claim: string; before: Attribution; after: Attribution }[];
}

async function disputesOf(name: string, own: Set<string>, signal: AbortSignal): Promise<Disputes> {
  const rowsAt = async <Row,>(path: "claims" | "conflicts" | "shifts"): Promise<Row[]> =>
    can(path) ? (await ask<Page<Row>>(address(path, { speaker: name, limit: 50 }), { signal })).rows : [];
  await whenKnown();
  const [subjects, conflicts, shifts] = await Promise.all([
    rowsAt<Claim>("claims"),
    rowsAt<Conflict>("conflicts"),
    rowsAt<Shift>("shifts"),
  ]);
  const opponents: Disputes["opponents"] = [];
  for (const conflict of conflicts) {
    const pair = await attributionsOf(conflict.attributions);
    const other = pair.find((one) => !own.has(idOf(one)) && one.speaker !== name) ?? pair.find((one) => !own.has(one.id));
    if (!other || opponents.some((one) => one.name === other.speaker && one.claim === conflict.claim)) continue;
    opponents.push({ name: other.speaker, claim: conflict.claim, words: pieces(other.content_text) });
  }
  const told: Disputes["shifts"] = [];
  for (const shift of shifts) {
    const [before, after] = await attributionsOf([shift.before, shift.after]);
    if (before && after) told.push({ claim: shift.claim, before, after });
  }
  return { subjects, opponents, shifts: told };
}

function DisputesList({ name, disputes }: { name: string; disputes: Disputes }) {
  return (
    <>
      {disputes.shifts.length > 0 && (
        <>
          <h2>Changed position</h2>
          <ul class="plain tight">
            {disputes.shifts.map(({ claim, before, after }) => (
              <li>
                <Link to={toClaim(claim)}>
                  “<Words>{pieces(before.content_text)}</Words>”, then “<Words>{pieces(after.content_text)}</Words>”
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {disputes.subjects.length > 0 && (
        <>
          <h2>Takes sides on</h2>
          <ul class="plain tight">
            {disputes.subjects.map((claim) => (
              <li>
                <Link to={toClaim(claim.id)}>
                  <Words>{headingOf(claim.about, [], claim.first_for?.speaker)}</Words>
                </Link>{" "}
                <span class="count">
                  {[claim.speakers_for.includes(name) && "for", claim.speakers_against.includes(name) && "against"]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {disputes.opponents.length > 0 && (
        <>
          <h2>Contradicts</h2>
          <ul class="plain tight">
            {disputes.opponents.map(({ name: other, claim, words }) => (
              <li>
                <Speaker name={other} />:{" "}
                <Link to={toClaim(claim)}>
                  <Words>{words}</Words>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Said({ name, rows }: { name: string; rows: Attribution[] }) {
  const asked = useWork(rows.length ? `disputes of ${name}` : null, (signal) =>
    disputesOf(name, new Set(rows.map((row) => row.id)), signal),
  );
  const joins = (asked.data?.shifts ?? []).map(
    ({ before, after }): Join => ({ one: before.id, other: after.id, kind: "shift" }),
  );
  if (!rows.length) {
    return (
      <Note title="No such speaker">
        <p>
          Nobody of that name says anything in this record.{" "}
          <Link to={address("/search", { q: name })}>Search for the name</Link> instead.
        </p>
        <Meant words={name} />
      </Note>
    );
  }
  return (
    <>
      <Lanes rows={rows} label={`What ${name} said, over time`} joins={joins} />
      <div class="results">
        <section class="main-column" aria-labelledby="said">
          <h2 id="said">In their words</h2>
          {rows.map((row) => (
            <AttributionCard row={row} key={row.id} hideSpeaker={row.speaker === name} />
          ))}
        </section>
        <aside class="side-column">
          {asked.data && <DisputesList name={name} disputes={asked.data} />}
          <Facts name={name} rows={rows} />
        </aside>
      </div>
    </>
  );
}

export function SpeakerPage({ name, place }: { name: string; place: Place }) {
  const rows = useRows<Attribution>("attributions", { speaker: name, limit: 200 });
  return (
    <>
      <Heading title={name}>
        <Words>{name}</Words>
      </Heading>
      <ReviewButtons kind="name" target={name} name={`the name ${name}`} />
      <ListTools place={place} path="attributions" values={{ speaker: name }} one="thing said" many="things said" />
      <Answer asked={rows}>{(data) => <Said name={name} rows={data} />}</Answer>
      <More rows={rows} />
    </>
  );
}
