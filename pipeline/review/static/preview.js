/* The article beside the editor: the open message marked in it, a click opens another. */

import { h } from "./dom.js";

const PAUSE = 250;
const STYLES = "/static/preview.css";

export class Preview {
  #frame = null;

  #timer = 0;

  #current = null;

  constructor({ root, url, onPick, onKey }) {
    this.root = root;
    this.url = url;
    this.onPick = onPick;
    this.onKey = onKey;
  }

  /** Load it again, soon; it is shown when it is there, scrolled as before. */
  reload() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.load(), PAUSE);
  }

  load() {
    const fresh = h("iframe", { title: this.root.dataset.title, sandbox: "allow-same-origin", class: "is-coming" });
    for (const other of this.root.querySelectorAll(".is-coming")) other.remove();
    fresh.addEventListener("load", () => this.#show(fresh));
    fresh.src = this.url;
    this.root.append(fresh);
  }

  #show(frame) {
    const page = frame.contentDocument;
    if (!frame.isConnected || !page || frame.contentWindow.location.href === "about:blank") return;
    const link = page.createElement("link");
    link.rel = "stylesheet";
    link.href = STYLES;
    page.head.append(link);
    page.addEventListener("click", (event) => this.#clicked(event), true);
    page.addEventListener("submit", (event) => event.preventDefault(), true);
    page.addEventListener("keydown", (event) => this.onKey(event));
    const scroll = this.#frame?.contentWindow?.scrollY ?? null;
    frame.classList.remove("is-coming");
    this.#frame?.remove();
    this.#frame = frame;
    if (scroll !== null) frame.contentWindow.scrollTo({ top: scroll, behavior: "instant" });
    this.#mark(scroll === null);
  }

  #clicked(event) {
    const block = event.target.closest?.("[data-key]");
    event.preventDefault();
    if (block) this.onPick(block.dataset.key);
  }

  /** Mark a message in the page, and bring it into view. */
  open(key) {
    this.#current = key;
    this.#mark(true);
  }

  #mark(isMoving) {
    const page = this.#frame?.contentDocument;
    if (!page?.body) return;
    for (const block of page.querySelectorAll("[data-key]")) {
      block.toggleAttribute("data-open", block.dataset.key === this.#current);
    }
    const block = page.querySelector("[data-open]");
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (block && isMoving) block.scrollIntoView({ block: "center", behavior: isCalm ? "instant" : "smooth" });
  }
}
