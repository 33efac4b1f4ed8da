// The list of runs: grouped by spec, each with its front as a picture, the settings that differ, note and tags.
import { Component } from "/assets/preact/preact.module.js";
import { h, draw, get, post } from "/assets/dom.js";
import { store, listen, address, compareAddress } from "/assets/store.js";
import { integer, three, unit, pretty, day, shortId } from "/assets/format.js";
import { stateChip } from "/assets/words.js";
import { ORDERS, listed } from "/assets/runList.js";

const FRONTS_MILLIS = 2000;
const NOTES_MILLIS = 5000; // others and the command line write notes too
const MOST_COMPARED = 4;
const SIZE = 64;

// Choices that last while the page is open.
const choice = { search: "", order: "newest", archived: false };
const selected = new Set();

export function runsView(parent) {
  let groups = [];
  let notes = {};
  let fronts = {};
  let position = 0;
  let edited = null; // id of the run whose notes are edited
  let trouble = "";
  let closed = false;

  const failed = (failure) => {
    trouble = failure.message;
    show();
  };

  let known = "";

  // Groups change with the runs and their headers.
  function askGroups() {
    const now = [...store.runs.values()].map((run) => [run.id, run.name, run.state, run.budget].join()).join("|");
    if (now === known) return;
    known = now;
    get("/api/groups").then((answer) => {
      groups = answer;
      show();
    }, failed);
  }

  let frontTimer = 0;

  function askFronts() {
    if (frontTimer || closed) return;
    frontTimer = setTimeout(
      async () => {
        try {
          const answer = await get("/api/fronts?since=" + position);
          position = answer.position;
          fronts = { ...fronts, ...answer.fronts };
          show();
        } catch {
          position = 0; // another server counts anew
        }
        frontTimer = 0;
      },
      position ? FRONTS_MILLIS : 0,
    );
  }

  function askNotes() {
    if (document.hidden || edited) return;
    get("/api/notes").then(
      (answer) => {
        if (JSON.stringify(answer) === JSON.stringify(notes)) return;
        notes = answer;
        show();
      },
      () => {},
    ); // asked again
  }

  async function note(run, change) {
    try {
      notes = { ...notes, [run]: await post("/api/runs/" + encodeURIComponent(run) + "/notes", change) };
      trouble = "";
      edited = null;
    } catch (failure) {
      trouble = failure.message;
    }
    show();
  }

  function show() {
    if (closed) return;
    draw(
      parent,
      !store.ready
        ? h("p.state", null, "Loading runs…")
        : store.runs.size
          ? h("section.page.runs-page", null, h("h1", null, "Runs"), toolbar(), troubleLine(), list())
          : empty(),
    );
  }

  function troubleLine() {
    return trouble ? h("p.notice", { role: "alert" }, trouble) : null;
  }

  function toolbar() {
    // By id, the oldest first: the letters do not hang on the order of clicks.
    const chosen = [...selected]
      .filter((id) => store.runs.has(id))
      .slice(0, MOST_COMPARED)
      .sort();
    const set = (part) => {
      Object.assign(choice, part);
      show();
    };
    const hidden = Object.entries(notes).filter(([id, of]) => of.archived && store.runs.has(id)).length;
    return h(
      "div.runs-bar",
      null,
      h("input.search", {
        type: "search",
        placeholder: "Search name, note, tag, setting",
        "aria-label": "Search runs",
        value: choice.search,
        oninput: (event) => set({ search: event.currentTarget.value }),
      }),
      h(
        "label.pick",
        null,
        h("span.muted", null, "sorted"),
        h(
          "select.quiet",
          { "aria-label": "Order", onchange: (event) => set({ order: event.currentTarget.value }) },
          ORDERS.map(([word, title]) => h("option", { value: word, selected: word === choice.order }, title)),
        ),
      ),
      hidden || choice.archived
        ? h(
            "label.pick",
            null,
            h("input", {
              type: "checkbox",
              checked: choice.archived,
              onchange: (event) => set({ archived: event.currentTarget.checked }),
            }),
            " archived (" + integer(hidden) + ")",
          )
        : null,
      h("span.push"),
      chosen.length > 1
        ? h(
            "a.button",
            { href: compareAddress(chosen.map((run) => ({ run, index: null }))), "data-link": true },
            "Compare " + integer(chosen.length) + " runs",
          )
        : h("span.muted", null, chosen.length ? "Choose one more to compare" : "Choose two or more to compare"),
      h("a.button", { href: "/new", "data-link": true }, "New run"),
    );
  }

  function list() {
    const shown = listed(store.runs, groups, notes, choice);
    if (!shown.length) return h("p.state", null, "No run fits the search.");
    return shown.map((group) =>
      h(
        "section.run-group.panel",
        { key: group.name, "aria-label": group.name || "Runs without a name" },
        h(
          "div.panel-head",
          null,
          h("h2", null, group.name || "Without a name"),
          h("span.muted", null, integer(group.runs.length) + (group.runs.length === 1 ? " run" : " runs")),
        ),
        h(
          "div.scroll",
          null,
          h(
            "table.list.runs",
            null,
            heads(group),
            h(
              "tbody",
              null,
              group.runs.map((row) => line(row, group)),
            ),
          ),
        ),
      ),
    );
  }

  function heads(group) {
    return h(
      "thead",
      null,
      h(
        "tr",
        null,
        h("td", { "aria-label": "Chosen to compare" }),
        h("th", { scope: "col" }, "Front"),
        h("th", { scope: "col" }, "Run"),
        h("th", { scope: "col" }, "State"),
        h("th.num", { scope: "col" }, "Designs"),
        h("th.num", { scope: "col" }, "On front"),
        h("th", { scope: "col" }, "Best"),
        group.columns.map((title) => h("th", { scope: "col", key: title }, pretty(title))),
        h("th", { scope: "col" }, "Note and tags"),
      ),
    );
  }

  function line({ run, notes: of, settings }, group) {
    const share = run.budget ? Math.min(1, run.evaluated / run.budget) : 0;
    const choose = (event) => {
      if (event.currentTarget.checked) selected.add(run.id);
      else selected.delete(run.id);
      show();
    };
    return h(
      "tr",
      { key: run.id, "data-run": run.id, "data-archived": of.archived ? "" : null },
      h(
        "td",
        null,
        h("input", {
          type: "checkbox",
          "aria-label": "Compare " + run.id,
          checked: selected.has(run.id),
          onchange: choose,
        }),
      ),
      h(
        "td.picture",
        null,
        h(
          "a",
          { href: address(run.id), "data-link": true, tabindex: -1, "aria-hidden": "true" },
          h(Picture, { front: fronts[run.id] }),
        ),
      ),
      h(
        "td.spec",
        null,
        h("a", { href: address(run.id), "data-link": true }, run.name || run.id),
        h("div.id.muted", { title: run.id }, shortId(run.id) + " · " + day(run.firstTime)),
      ),
      h(
        "td",
        null,
        stateChip(run),
        run.state === "interrupted" ? h("div.id.muted", null, "./kirchhoff resume " + shortId(run.id)) : null,
      ),
      h(
        "td.num",
        { "data-title": "designs" },
        integer(run.evaluated),
        run.budget
          ? h(
              "div.meter",
              { title: integer(run.evaluated) + " of " + integer(run.budget) },
              h("i", { style: { width: share * 100 + "%" } }),
            )
          : null,
      ),
      h("td.num", { "data-title": "on the front" }, integer(run.front)),
      h(
        "td.best",
        null,
        (run.best ?? [])
          .filter((best) => best.value != null)
          .map((best) => h("span.pair", { title: best.name }, three(best.value) + " " + unit(best.unit || best.name))),
      ),
      settings.map((text, k) =>
        h(
          "td.setting",
          { key: group.columns[k], "data-title": pretty(group.columns[k]), title: text },
          text === "" ? "–" : settingText(group.columns[k], text),
        ),
      ),
      h(
        "td.notes",
        null,
        edited === run.id
          ? h(NotesForm, { of, save: (change) => note(run.id, change), close: endEdit })
          : shownNotes(run, of),
      ),
    );
  }

  function settingText(title, text) {
    return title === "budget" || title === "seed"
      ? /^\d{1,15}$/.test(text)
        ? integer(Number(text))
        : text
      : pretty(text);
  }

  function endEdit() {
    edited = null;
    show();
  }

  function shownNotes(run, of) {
    const edit = () => {
      edited = run.id;
      show();
    };
    return [
      of.note ? h("div.note", null, of.note) : null,
      of.tags.map((tag) =>
        h(
          "button.tag",
          {
            type: "button",
            title: "Show runs with this tag",
            onclick: () => {
              choice.search = tag;
              show();
            },
          },
          tag,
        ),
      ),
      run.hasLog
        ? h(
            "span.note-actions",
            null,
            h(
              "button.link",
              { type: "button", "aria-label": "Edit note and tags of " + run.id, onclick: edit },
              of.note || of.tags.length ? "edit" : "add note",
            ),
            h(
              "button.link",
              {
                type: "button",
                "aria-label": (of.archived ? "Restore " : "Archive ") + run.id,
                onclick: () => note(run.id, { archived: !of.archived }),
              },
              of.archived ? "restore" : "archive",
            ),
          )
        : null,
    ];
  }

  const all = () => {
    askGroups();
    askFronts();
    show();
  };
  all();
  askNotes();
  const notesTimer = setInterval(askNotes, NOTES_MILLIS);
  const stop = listen((what) => {
    if (what.has("runs") || what.has("connection")) all();
    else if (what.has("theme")) show();
  });
  return {
    close() {
      closed = true;
      clearInterval(notesTimer);
      clearTimeout(frontTimer);
      stop();
    },
  };
}

function empty() {
  return h(
    "section.state",
    null,
    h("h1", null, "No runs yet"),
    h(
      "p",
      null,
      h("a.button", { href: "/new", "data-link": true }, "Start one here"),
      " or in a terminal, and it appears here while it runs:",
    ),
    h("pre.command", null, "./kirchhoff explore examples/quickstart.yaml --dashboard"),
    h("p.muted", null, "This page watches the data directory it was started with, and a broker if one runs."),
  );
}

class NotesForm extends Component {
  constructor({ of }) {
    super();
    this.state = { note: of.note, tags: of.tags.join(" ") };
  }

  componentDidMount() {
    this.base.querySelector("textarea").focus();
  }

  render({ save, close }, { note, tags }) {
    const send = (event) => {
      event.preventDefault();
      save({ note, tags: tags.split(/[\s,]+/).filter(Boolean) });
    };
    return h(
      "form.note-form",
      { onsubmit: send, onkeydown: (event) => event.key === "Escape" && close() },
      h("textarea", {
        rows: 2,
        "aria-label": "Note",
        placeholder: "Note",
        value: note,
        oninput: (event) => this.setState({ note: event.currentTarget.value }),
      }),
      h("input", {
        "aria-label": "Tags",
        placeholder: "tags, separated by spaces",
        value: tags,
        oninput: (event) => this.setState({ tags: event.currentTarget.value }),
      }),
      h(
        "span",
        null,
        h("button.quiet", { type: "submit" }, "Save"),
        " ",
        h("button.quiet", { type: "button", onclick: close }, "Cancel"),
      ),
    );
  }
}

// The front in its first two objectives.
class Picture extends Component {
  shouldComponentUpdate({ front }) {
    return front !== this.props.front || this.theme !== document.documentElement.dataset.theme;
  }

  componentDidMount() {
    this.paint();
  }

  componentDidUpdate() {
    this.paint();
  }

  paint() {
    const canvas = this.base;
    const { front } = this.props;
    const ratio = devicePixelRatio || 1;
    this.theme = document.documentElement.dataset.theme;
    canvas.width = canvas.height = SIZE * ratio;
    const g = canvas.getContext("2d");
    g.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    g.strokeStyle = style.getPropertyValue("--line").trim();
    g.strokeRect(0.5, 0.5, SIZE - 1, SIZE - 1);
    if (!front?.up.length) return;
    const x = placed(front.across, front.axes[1]?.scale);
    const y = placed(front.up, front.axes[0]?.scale);
    g.fillStyle = style.getPropertyValue("--accent").trim();
    for (let k = 0; k < x.length; k++) {
      g.beginPath();
      g.arc(6 + x[k] * (SIZE - 12), SIZE - 6 - y[k] * (SIZE - 12), 1.8, 0, 7);
      g.fill();
    }
  }

  render({ front }) {
    const [up, across] = front?.axes ?? [];
    return h("canvas.front-picture", {
      style: { width: SIZE + "px", height: SIZE + "px" },
      title: up ? up.name + " over " + (across?.name ?? "designs") : "No front yet",
    });
  }
}

// Places 0 to 1 of values within their range, on their scale.
function placed(values, kind) {
  const at = values.map((value) => (kind === "logarithmic" ? Math.log(value) : value));
  const [least, most] = [Math.min(...at), Math.max(...at)];
  return at.map((value) => (most > least ? (value - least) / (most - least) : 0.5));
}
