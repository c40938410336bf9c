// Shows, quietly, what was read, answered and solved.

export function showProgress() {}
