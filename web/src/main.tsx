// The frame of the page: name, navigation, the place that the address names.
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { AddPage } from "./add";
import { useAnswer } from "./api";
import { can, learn } from "./can";
import { ArticlePage } from "./article";
import { ClaimPage, ClaimsPage } from "./claim";
import { ArticlesPage, HomePage } from "./home";
import { Heading, Note } from "./parts";
import { Link, usePlace, type Place } from "./route";
import { SearchPage } from "./search";
import { SpeakerPage, SpeakersPage } from "./speaker";
import { SpreadPage } from "./spread";
import { TimelinePage } from "./timeline";
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
    articles: () => <ArticlesPage about={about} />,
    speakers: () => <SpeakersPage />,
    claims: () => <ClaimsPage place={place} />,
    add: () => <AddPage allowed={!!about?.add} />,
  };
  const wordPages: Record<string, () => preact.JSX.Element> = {
    article: () => <ArticlePage id={word} place={place} key={word} />,
    speaker: () => <SpeakerPage name={word} key={word} />,
    claim: () => <ClaimPage id={word} key={word} />,
    spread: () => <SpreadPage id={word} key={word} />,
  };
  const page = word ? wordPages[name] : pages[name];
  return page ? page() : <LostPage />;
}

function Nav({ place, about }: { place: Place; about: About | null }) {
  const items: [string, string][] = [
    ["/search", "Search"],
    ["/timeline", "Timeline"],
    ["/speakers", "Speakers"],
    ["/articles", "Articles"],
  ];
  if (can("claims")) items.splice(1, 0, ["/claims", "Claims"]);
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
