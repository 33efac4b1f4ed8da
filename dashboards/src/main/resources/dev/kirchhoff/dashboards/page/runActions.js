// Buttons of the header of a run: pause, continue, stop, budget, export.
import { Component } from "/assets/preact/preact.module.js";
import { h, report } from "/assets/dom.js";
import { integer } from "/assets/format.js";
import { command, takesCommands } from "/assets/commands.js";
import { TakeAway } from "/assets/takeAway.js";

// A command whose failure is shown at the foot of the page.
const give = (run, word, args) => command(run.id, word, args).catch(() => {});

export class RunActions extends Component {
  constructor() {
    super();
    this.state = { asks: null }; // "stop" or "budget"
  }

  render({ run }, { asks }) {
    const ask = (what) => this.setState({ asks: what });
    if (report || !takesCommands(run)) return h(TakeAway, { run });
    const paused = run.state === "paused";
    const stop = () => {
      ask(null);
      give(run, "stop");
    };
    return [
      h(
        "button.quiet",
        { type: "button", onclick: () => give(run, paused ? "continue" : "pause") },
        paused ? "Continue" : "Pause",
      ),
      asks === "stop"
        ? h(
            "span.ask",
            { role: "group", "aria-label": "Stop the search" },
            "End the search with its result? ",
            h("button.quiet.danger", { type: "button", ref: focused, onclick: stop }, "Stop"),
            " ",
            h("button.quiet", { type: "button", onclick: () => ask(null) }, "Cancel"),
          )
        : h("button.quiet", { type: "button", onclick: () => ask("stop") }, "Stop"),
      asks === "budget"
        ? h(BudgetForm, { run, close: () => ask(null) })
        : h("button.quiet", { type: "button", onclick: () => ask("budget") }, "Budget"),
      h(TakeAway, { run }),
    ];
  }
}

function focused(element) {
  element?.focus();
}

class BudgetForm extends Component {
  constructor({ run }) {
    super();
    this.state = { text: integer(run.budget || 2 * run.evaluated) };
  }

  componentDidMount() {
    this.base.querySelector("input").select();
  }

  render({ run, close }, { text }) {
    const set = (event) => {
      event.preventDefault();
      close();
      give(run, "budget", [text]);
    };
    return h(
      "form.ask",
      { onsubmit: set },
      h(
        "label",
        null,
        "Designs, in all ",
        h("input", {
          value: text,
          size: 10,
          inputmode: "numeric",
          oninput: (event) => this.setState({ text: event.currentTarget.value }),
        }),
      ),
      " ",
      h("button.quiet", { type: "submit" }, "Set"),
      " ",
      h("button.quiet", { type: "button", onclick: close }, "Cancel"),
    );
  }
}
