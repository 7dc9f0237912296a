/**
 * Of functions that stream large objects. A stream's chunks lie outside V8's heap and are freed by its young collections:
 * with the smallest semi-spaces these come often enough that chunks do not pile up, also where nothing else frees them (the
 * functions' `countBuffersAsHeap`). Measured with 3 million rows (490 MB), twice in the same processes: the peak of `check` is
 * 156 MiB and of `deliver` 186, with semi-spaces of 4 MiB 185 and 209. The engine takes as long, give or take 3 %.
 */
export const streaming = { NODE_OPTIONS: '--max-semi-space-size=1' } as const;
