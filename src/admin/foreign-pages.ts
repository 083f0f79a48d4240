/** A web page of any origin can send requests to a listener on loopback, but its browser says so. */

/** What a browser says of the page that a request comes from. Tools do not send these headers. */
export interface PageHeaders {
  readonly origin: string | undefined;
  /** Sec-Fetch-Site (W3C Fetch Metadata): `none` when a person has typed the address. */
  readonly fetchSite: string | undefined;
}

/** Whether a request is refused for the page that it comes from: of those that change something any, of others foreign ones. */
export function isFromForeignPage({ origin, fetchSite }: PageHeaders, isChanging: boolean): boolean {
  if (isChanging) return origin !== undefined || fetchSite !== undefined;
  return fetchSite !== undefined && fetchSite !== 'none' && fetchSite !== 'same-origin';
}
