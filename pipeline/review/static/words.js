/* The page's own words: English in the scripts, other languages from a block of JSON. */

const table = JSON.parse(document.getElementById("words").textContent);

export const language = document.documentElement.lang;

/* Catalogs count their plural forms in the order in which CLDR names them. */
const rules = new Intl.PluralRules(language);
const known = rules.resolvedOptions().pluralCategories;
const forms = ["zero", "one", "two", "few", "many", "other"].filter((form) => known.includes(form));

const digits = new Intl.NumberFormat(language, { numberingSystem: "latn" });
const days = new Intl.DateTimeFormat(language, { dateStyle: "medium", numberingSystem: "latn" });

const filled = (text, values) =>
  text.replace(/%\((\w+)\)s/gu, (whole, name) => (name in values ? String(values[name]) : whole));

/** A text in the page's language, its `%(names)s` filled in. */
export const _ = (text, values = {}) => filled((table[text] ?? [text])[0], values);

/** The same for a number, which is `%(number)s` in it. */
export function ngettext(one, many, number, values = {}) {
  const found = table[one];
  const form = found && found[forms.indexOf(rules.select(number))];
  return filled(form ?? (number === 1 ? one : many), { number: digits.format(number), ...values });
}

export const count = (number) => digits.format(number);

/** A day as the page's language writes it; what is no date stays as it is. */
export function day(text) {
  const date = new Date(/^\d{4}-\d\d-\d\d$/u.test(text) ? `${text}T12:00` : text);
  return Number.isNaN(date.valueOf()) ? String(text ?? "") : days.format(date);
}
