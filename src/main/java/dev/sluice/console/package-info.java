/**
 * The console: what a person sees of Sluice in a browser.
 *
 * <h2>How it works</h2>
 * One page, {@code console/index.html}, is answered at the path of every view; it loads ES modules, which ask the REST API like
 * any other client. The modules are served as they are written. Their addresses hold a hash of all of them, so a browser keeps
 * them for good, and a new version is taken at once. What is in {@code vendor} is not ours, and its licences are beside it.
 * <pre>
 *  index.html, app.js | the frame: who is here, the places, which view this address is
 *  lib/               | what has no looks: calls, addresses, times, words
 *  ui/                | what looks alike everywhere: states, tables, dialogs, code
 *  views/             | a file for each place
 *  form/              | the parts of the form of a webhook
 * </pre>
 *
 * <h2>Decisions</h2>
 * <ul>
 *   <li>No build of scripts: preact and htm in one vendored file of 13 KiB. A bundler would be a second build with a second
 *       set of packages, for files that together are smaller than what it would save.
 *   <li>English text is the key of each message; {@code lib/es.js} has the Spanish ones, and a test finds what it lacks.
 *   <li>The key of the API lives in the session storage of the tab: a cookie would let pages of other sites act for the
 *       reader, and local storage would outlive him.
 *   <li>Answers become text nodes, never markup; the policy of the page ({@code trusted-types 'none'}) holds us to it.
 *   <li>Inputs of dates are the browser's own, and follow its language, not the page's: under each stands what was chosen, in
 *       the reader's manner. An input of our own would lose the calendar, and the keyboard of telephones.
 *   <li>Boxes to tick are drawn by the style sheet, without a picture, as those of browsers are grey in the dark; where colours
 *       are forced they are the browser's again.
 *   <li>What may be long and has joints (addresses, ids) goes through {@code ui/words.js}: a browser would tear it anywhere.
 * </ul>
 */
@NullMarked
package dev.sluice.console;

import org.jspecify.annotations.NullMarked;
