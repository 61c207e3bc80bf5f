// The timeline of a search.
import { askAll, useWork, address } from "./api";
import { Lanes } from "./lanes";
import { Answer, AttributionCard, Heading, Note } from "./parts";
import { Link, type Place } from "./route";
import { FilterForm, filterOf } from "./search";
import type { Moment } from "./types";

const MOST = 600;

export function TimelinePage({ place }: { place: Place }) {
  const filter = filterOf(place);
  const key = address("timeline", filter);
  const asked = useWork(key, (signal) => askAll<Moment>("timeline", { ...filter }, MOST, signal));
  return (
    <>
      <Heading title={filter.q ? `${filter.q}, timeline` : "Timeline"}>Timeline</Heading>
      <FilterForm filter={filter} to="/timeline" words="Search for the timeline" />
      <Answer asked={asked}>
        {(page) => {
          const rows = page.rows.map((row) => row.attribution);
          if (!rows.length) {
            return (
              <Note title="Nothing to draw">
                <p>
                  No statement fits. Try fewer words, or <Link to="/timeline">see all of the record</Link>.
                </p>
              </Note>
            );
          }
          return (
            <>
              <Lanes rows={rows} label="Statements over time, a lane a speaker" />
              {page.cursor && <p class="hint">The first {rows.length} are drawn; narrow the search down for others.</p>}
              <details class="as-list">
                <summary>The same as a list</summary>
                {rows.map((row) => (
                  <AttributionCard row={row} key={row.id} />
                ))}
              </details>
            </>
          );
        }}
      </Answer>
    </>
  );
}
