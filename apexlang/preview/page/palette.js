// The colours that canvases draw with: the same as the style sheet's, read from it once.

const style = getComputedStyle(document.documentElement);
const named = (name) => style.getPropertyValue(`--${name}`).trim();

export const palette = {
  ground: named("ground"),
  cell: named("cell"),
  rule: named("rule"),
  tick: named("tick"),
  dim: named("dim"),
  text: named("text"),
  bright: named("bright"),
  made: named("made"),
  making: named("making"),
  waiting: named("waiting"),
  wrong: named("wrong"),
  head: named("head"),
  sound: named("sound"),
  between: named("between"),
  sans: named("sans"),
  mono: named("mono"),
};

/** The colour of a piece's state. */
export function stateColour(piece, wrong) {
  if (piece.failed || wrong.has(piece.id)) return palette.wrong;
  if (piece.ready) return palette.made;
  return piece.making ? palette.making : palette.waiting;
}
