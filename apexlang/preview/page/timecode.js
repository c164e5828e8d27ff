// Frames as people read them: SMPTE timecode, whole frames only.

const two = (n) => String(n).padStart(2, "0");

/** Frames a second as a timecode counts them: 24 for 23.976, 30 for 29.97. */
export const nominal = ([num, den]) => Math.round(num / den);

/**
 * HH:MM:SS:FF of a frame counted from 0; with `drop` HH:MM:SS;FF. Drop-frame leaves out numbers, never frames: two (at 60: four)
 * at the start of every minute that is not a tenth, so that the clock on the wall and the timecode agree.
 */
export function timecode(frame, fps, drop) {
  const base = nominal(fps);
  let n = frame;
  if (drop) {
    const left = base / 15;
    const minute = base * 60 - left;
    const ten = base * 600 - 9 * left;
    const rest = n % ten;
    n += 9 * left * Math.floor(n / ten) + (rest >= left ? left * Math.floor((rest - left) / minute) : 0);
  }
  const seconds = Math.floor(n / base);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${drop ? ";" : ":"}${two(n % base)}`;
}

/** 24, 23.976, 59.94: the rate as it is spoken of. */
export function rateName([num, den]) {
  return den === 1 ? String(num) : String(Math.round((num / den) * 1000) / 1000);
}
