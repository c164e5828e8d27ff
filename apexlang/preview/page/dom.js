// The few things all parts do with the document. Text of a film goes into it as text, never as markup.

/** The element of an id that stands in the page. */
export const $ = (id) => document.getElementById(id);

/** An element of a class, with children: nodes, or texts as they are. */
export function el(tag, name, ...children) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}

/** Sets a text only where it changed, so that nothing is laid out for nothing. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Calls back once before the next picture is drawn, however often it is asked. */
export function eachFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

/** The time in ms since 1970, finer than a millisecond. */
export const now = () => performance.timeOrigin + performance.now();

/** An event, or null after `ms`. */
export function once(target, event, ms = 4000) {
  return new Promise((resolve) => {
    const done = (value) => {
      clearTimeout(timer);
      target.removeEventListener(event, done);
      resolve(value);
    };
    const timer = setTimeout(() => done(null), ms);
    target.addEventListener(event, done);
  });
}
