/* What was typed and is not saved: kept in the tab, so that it survives a reload. */

export class Kept {
  #prefix;

  #memory = new Map();

  constructor(article) {
    this.#prefix = `review:${article}:`;
    for (let place = 0; place < sessionStorage.length; place += 1) {
      const name = sessionStorage.key(place);
      if (!name.startsWith(this.#prefix)) continue;
      try {
        this.#memory.set(name.slice(this.#prefix.length), JSON.parse(sessionStorage.getItem(name)));
      } catch {
        sessionStorage.removeItem(name);
        place -= 1;
      }
    }
  }

  get(kind, key) {
    return this.#memory.get(`${kind}:${key}`) ?? null;
  }

  put(kind, key, value) {
    const name = `${kind}:${key}`;
    this.#memory.set(name, value);
    try {
      sessionStorage.setItem(this.#prefix + name, JSON.stringify(value));
    } catch {
      /* A full store: it lives on in this page, and leaving the page asks first. */
    }
  }

  drop(kind, key) {
    const name = `${kind}:${key}`;
    this.#memory.delete(name);
    sessionStorage.removeItem(this.#prefix + name);
  }

  /** The keys of the messages whose text is not saved. */
  keys(kind) {
    const start = `${kind}:`;
    return [...this.#memory.keys()].filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
  }

  get isEmpty() {
    return this.#memory.size === 0;
  }
}
