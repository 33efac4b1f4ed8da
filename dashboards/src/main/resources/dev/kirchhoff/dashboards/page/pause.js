// Work that waits until nothing was dragged, typed or pushed for a moment.

// An action that `soon` runs after a pause, counted from the last call, once; `cancel` gives it up.
export function afterPause(act, millis) {
  let timer = 0;
  const cancel = () => clearTimeout(timer);
  return {
    soon(pause = millis) {
      cancel();
      timer = setTimeout(act, pause);
    },
    cancel,
  };
}
