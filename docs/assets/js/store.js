// What this browser remembers of the reader.

export const state = { version: 1, pages: {}, questions: {}, exercises: {} };
