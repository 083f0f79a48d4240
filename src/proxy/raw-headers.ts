/** A header section as it was received: name, value, name, value…; order, case and duplicates are the peer's. */
export type RawHeaders = readonly string[];

/** Every value of the header called `name` (lower case), in the order of arrival. */
export function headerValues(headers: RawHeaders, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const candidate = headers[index];
    if (candidate?.length === name.length && candidate.toLowerCase() === name)
      values.push(headers[index + 1] ?? '');
  }
  return values;
}

/** The only or the first value of the header called `name` (lower case), or undefined. */
export function headerValue(headers: RawHeaders, name: string): string | undefined {
  return headerValues(headers, name)[0];
}
