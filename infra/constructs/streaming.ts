/**
 * Of functions that stream large objects. A stream's chunks lie outside V8's heap and are freed by its young collections:
 * with the smallest semi-spaces these come often enough that chunks do not pile up, also where nothing else frees them (the
 * functions' `countBuffersAsHeap`). Measured with 3 million rows (490 MB), several times in the same processes: the peak of
 * `deliver` is 191 MiB, with semi-spaces of 4 MiB 255, and of `check` 171 and 195; they take no longer.
 */
export const streaming = { NODE_OPTIONS: '--max-semi-space-size=1' } as const;
