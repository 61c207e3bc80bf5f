// The frame of the page: name, navigation, the place that the address names.
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { AddPage } from "./add";
import { useAnswer } from "./api";
import { learn } from "./can";
import { ArticlePage } from "./article";
import { ClaimPage, ClaimsPage } from "./claim";
import { DoublesPage } from "./doubles";
import { ArticlesPage, HomePage } from "./home";
import { Heading, Note } from "./parts";
import { go, Link, usePlace, type Place } from "./route";
import { SearchPage } from "./search";
import { ReviewPage } from "./review";
import { SpeakerPage } from "./speaker";
import { SpreadPage } from "./spread";
import { OutletsPage, SpeakersPage } from "./tables";
import { TimelinePage } from "./timeline";
import { ConflictsPage, CopiesPage, ShiftsPage, VariantsPage } from "./views";
import type { About } from "./types";

function LostPage() {
  return (
    <>
      <Heading title="No such page">No such page</Heading>
      <Note title="There is nothing at this address">
        <p>
          Go to <Link to="/">the front page</Link> or <Link to="/search">search the record</Link>.
        </p>
      </Note>
    </>
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** "/article/ID" → its page. What is behind the first name may hold slashes. */
function PageAt({ place, about }: { place: Place; about: About | null }) {
  const [, name = "", ...rest] = place.path.split("/");
  const word = decoded(rest.join("/"));
  const pages: Record<string, () => preact.JSX.Element> = {
    "": () => <HomePage place={place} about={about} />,
    search: () => <SearchPage place={place} />,
    timeline: () => <TimelinePage place={place} />,
    articles: () => <ArticlesPage place={place} about={about} />,
    speakers: () => <SpeakersPage place={place} />,
    outlets: () => <OutletsPage place={place} />,
    conflicts: () => <ConflictsPage place={place} />,
    shifts: () => <ShiftsPage place={place} />,
    copies: () => <CopiesPage place={place} />,
    variants: () => <VariantsPage place={place} />,
    doubles: () => <DoublesPage place={place} />,
    review: () => <ReviewPage place={place} />,
    claims: () => <ClaimsPage place={place} />,
    add: () => <AddPage allowed={!!about?.add} />,
  };
  const wordPages: Record<string, () => preact.JSX.Element> = {
    article: () => <ArticlePage id={word} place={place} key={word} />,
    speaker: () => <SpeakerPage name={word} place={place} key={word} />,
    claim: () => <ClaimPage id={word} key={word} />,
    spread: () => <SpreadPage id={word} key={word} />,
  };
  const page = word ? wordPages[name] : pages[name];
  return page ? page() : <LostPage />;
}

function Nav({ place, about }: { place: Place; about: About | null }) {
  const items: [string, string][] = [
    ["/search", "Search"],
    ["/claims", "Claims"],
    ["/conflicts", "Contradictions"],
    ["/shifts", "Shifts"],
    ["/timeline", "Timeline"],
    ["/speakers", "Speakers"],
    ["/outlets", "Outlets"],
    ["/articles", "Articles"],
    ["/copies", "Copies"],
    ["/variants", "Variants"],
    ["/doubles", "Doubles"],
  ];
  if (about?.review) items.push(["/review", "Review"]);
  if (about?.add) items.push(["/add", "Add"]);
  return (
    <nav aria-label="Pages">
      <ul>
        {items.map(([to, word]) => (
          <li>
            <Link to={to} aria-current={place.path === to ? "page" : undefined}>
              {word}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function App() {
  const place = usePlace();
  const about = useAnswer<About>("about").data;
  learn(about);
  useEffect(() => {
    /* Ctrl-K, or a slash: to the words. */
    const press = (event: KeyboardEvent) => {
      const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
      const asked = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
      if (!asked) return;
      event.preventDefault();
      const box = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (box) box.focus();
      else go("/search");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  useEffect(() => {
    if (!place.hash) scrollTo(0, 0);
  }, [place.path, place.query.toString()]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="masthead">
        <Link to="/" class="nameplate" aria-label="hearsay, front page">
          hearsay
        </Link>
        <Nav place={place} about={about} />
      </header>
      <main id="main" tabIndex={-1}>
        <PageAt place={place} about={about} />
      </main>
      <footer class="colophon">
        <p>
          hearsay {about?.version} · <a href="/api/v1/openapi.yaml">the same answers as JSON</a>
        </p>
      </footer>
    </>
  );
}

render(<App />, document.getElementById("app")!);
