// Of neighbours that are drawn alike some stand for all while axe looks: it judges an element by what it is, by its names
// and by its colours, so the five hundredth row of a list says no more than the third. Alike is what has the same tags,
// attributes, colours and type throughout, with names and texts at the same places. The others keep their places, so
// that a region scrolls as far as it did, and are shown again afterwards.
(() => {
  const STAND_FOR_ALL = 3; // with the last: odd and even rows, and the first and last, which may be drawn otherwise
  const WORDS = /^(id|name|for|value|href|src|srcset|alt|title|placeholder|datetime|action|formaction|d|points|transform|[xy][12]?|c[xy]|aria-(label|labelledby|describedby|controls|owns|details)|(hx|data)-.*)$/;
  const POINTS = /^(for|aria-(labelledby|describedby|controls|owns|details))$/;
  const DRAWN = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "display",
    "visibility", "position", "textShadow", "textDecorationLine"];
  const unseen = new CSSStyleSheet();
  unseen.replaceSync("[data-alike], [data-alike] * { visibility: hidden !important; transition: none !important }");

  const leads = (id) => `${document.getElementById(id)?.localName} ${Boolean(document.getElementById(id)?.textContent.trim())}`;
  const text = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();

  function attribute({ name, value }) {
    if (POINTS.test(name)) return `${name}=${value.split(/\s+/).map(leads)}`;
    return WORDS.test(name) ? `${name}=${Boolean(value.trim())}` : `${name}=${value}`;
  }

  function shape(element, shapes) {
    const style = getComputedStyle(element);
    const own = [...element.attributes].map(attribute).sort().concat(DRAWN.map((name) => style[name]));
    const inside = [...element.children].map((child) => shape(child, shapes)).join("");
    const found = `<${element.localName} ${own.join("|")}|${[...element.childNodes].some(text)}>${inside}</>`;
    shapes.set(element, found);
    return found;
  }

  function others(parent, shapes) {
    const kinds = Map.groupBy(parent.children, (child) => shapes.get(child));
    const found = [...kinds.values()].flatMap((kind) => kind.slice(STAND_FOR_ALL, -1));
    const spare = new Set(found.filter((element) => !element.contains(document.activeElement)));
    const stay = [...parent.children].filter((child) => !spare.has(child));
    return [...spare, ...stay.flatMap((child) => others(child, shapes))];
  }

  window.standingForAll = async (look) => {
    const shapes = new Map();
    shape(document.body, shapes);
    const hidden = others(document.body, shapes);
    hidden.forEach((element) => element.setAttribute("data-alike", ""));
    document.adoptedStyleSheets.push(unseen);
    try {
      return await look();
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== unseen);
      hidden.forEach((element) => element.removeAttribute("data-alike"));
    }
  };
})();
