/// How a report looks, and the few lines of script in it; it can be read without them.
enum ReportStyle {
  /// The style sheet: light, dark, on paper, and on a narrow screen.
  static let sheet = """

    :root { color-scheme: light dark; --text: #1c1d20; --page: #ffffff; --quiet: #5a5f69; --line: #d5d8de;
      --card: #f5f6f8; --pass: #00664b; --fail: #a33c00; --undecided: #7a5c00; --link: #0060a0; }
    @media (prefers-color-scheme: dark) {
      :root { --text: #e7e8ea; --page: #16181c; --quiet: #a5abb6; --line: #3a3e47; --card: #1f2227;
        --pass: #35c79b; --fail: #ff9457; --undecided: #e9c04a; --link: #7cc0f0; }
    }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--page); color: var(--text); line-height: 1.5; overflow-wrap: anywhere;
      font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
    main { max-width: 76rem; margin: 0 auto; padding: 1rem clamp(0.9rem, 3vw, 2.5rem) 4rem; }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: 0.6rem 0; }
    h2 { font-size: 1.25rem; margin: 2.2rem 0 0.7rem; padding-top: 0.7rem; border-top: 1px solid var(--line); }
    p, li, dd { max-width: 46rem; }
    p { margin: 0.5rem 0; }
    a { color: var(--link); }
    .question { font-size: 1.12rem; }
    .subtitle { font-weight: 600; }
    .aside, .numbers, .reason, figcaption, .file, .place { color: var(--quiet); }
    .aside, .numbers, .reason, .note { font-size: 0.93rem; }
    .complaint { border-left: 0.25rem solid var(--undecided); padding-left: 0.7rem; }
    ul.verdicts, ul.references { list-style: none; padding: 0; margin: 0; }
    ul.verdicts > li { border-left: 0.3rem solid; padding: 0.1rem 0 0.1rem 0.8rem; margin: 0.8rem 0; max-width: 52rem; }
    ul.verdicts > li > p { margin: 0.2rem 0; color: var(--text); }
    ul.verdicts > li > p.reason, ul.verdicts > li > p.numbers { color: var(--quiet); }
    ul.verdicts > li.pass { border-color: var(--pass); } ul.verdicts > li.fail { border-color: var(--fail); }
    ul.verdicts > li.undecided { border-color: var(--undecided); }
    .status { font-weight: 700; }
    .status.pass { color: var(--pass); } .status.fail { color: var(--fail); }
    .status.undecided { color: var(--undecided); }
    .figures { display: grid; gap: 1.4rem; margin: 1rem 0;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); }
    figure { margin: 0; max-width: 40rem; break-inside: avoid; }
    figure svg { display: block; width: 100%; height: auto; }
    figcaption { font-size: 0.9rem; }
    .file { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.8rem; }
    .wide { overflow-x: auto; max-width: 100%; margin: 0.6rem 0; }
    table { border-collapse: collapse; font-size: 0.9rem; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
    th, td { padding: 0.22rem 0.7rem; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--line); }
    .word, tbody th { text-align: left; } tbody th { font-weight: 400; }
    td.reason { white-space: normal; min-width: 12rem; }
    thead th { background: var(--card); vertical-align: bottom; }
    thead th button { all: unset; cursor: pointer; font-weight: 600; }
    thead th button:focus-visible, .wide:focus-visible, pre:focus-visible { outline: 2px solid var(--link);
      outline-offset: 1px; }
    thead th[aria-sort="ascending"] button::after { content: " ↑"; }
    thead th[aria-sort="descending"] button::after { content: " ↓"; }
    .unit { color: var(--quiet); font-weight: 400; }
    details { margin: 0.7rem 0; } summary { cursor: pointer; padding: 0.2rem 0; }
    dl { margin: 0.5rem 0; } dt { color: var(--quiet); font-size: 0.93rem; } dd { margin: 0 0 0.5rem; }
    dl.formulas dd { max-width: 100%; overflow-x: auto; overflow-y: hidden; padding: 0.25rem 0; }
    math { text-align: left; font-size: 1.1rem; } math[display="block"] { margin: 0; width: max-content; }
    dl.settings { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0.2rem 1.2rem; }
    code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 0.92em; }
    pre { background: var(--card); padding: 0.8rem; overflow-x: auto; font-size: 0.85rem; line-height: 1.4;
      overflow-wrap: normal; font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
    ul.references li { margin: 0.5rem 0; }
    @media (max-width: 34rem) {
      dl.settings { display: block; } h1 { font-size: 1.4rem; } th, td { padding: 0.22rem 0.45rem; }
      thead th, tbody th { white-space: normal; overflow-wrap: normal; }
    }
    @media print {
      :root { color-scheme: light; --text: #000000; --page: #ffffff; --quiet: #444444; --line: #bbbbbb;
        --card: #f2f2f2; --pass: #00664b; --fail: #a33c00; --undecided: #7a5c00; --link: #000000; }
      main { padding: 0; max-width: none; } html { font-size: 10pt; }
      pre { white-space: pre-wrap; } .wide, dl.formulas dd { overflow: visible; }
      table { font-size: 7.5pt; } td.reason { font-size: inherit; } th, td { padding: 0.15rem 0.4rem; }
      th, td.word { white-space: normal; } .many table { font-size: 4.6pt; }
      .many th, .many td { padding: 0.08rem 0.1rem; } .many th { overflow-wrap: anywhere; }
      h2, summary { break-after: avoid; } tr { break-inside: avoid; }
    }

    """

  /// Sorts a table by a column, and unfolds what is folded before printing; no character of it needs XML's escapes.
  static let script = """

    document.querySelectorAll('table.sortable').forEach(function (table) {
      var body = table.tBodies[0], heads = Array.from(table.tHead.rows[0].cells);
      function key(row, column) {
        var cell = row.cells[column], value = cell.getAttribute('data-value');
        if (value) { return Number(value); }
        return cell.title ? null : value === '' ? null : cell.textContent;
      }
      function order(a, b) {
        if (typeof a === 'number') { if (typeof b === 'number') { return a - b; } }
        return String(a).localeCompare(String(b), undefined, { numeric: true });
      }
      heads.forEach(function (head, column) {
        var button = document.createElement('button');
        button.type = 'button';
        while (head.firstChild) { button.appendChild(head.firstChild); }
        head.appendChild(button);
        button.addEventListener('click', function () {
          var sign = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
          heads.forEach(function (other) { other.removeAttribute('aria-sort'); });
          head.setAttribute('aria-sort', sign === 1 ? 'ascending' : 'descending');
          var rows = Array.from(body.rows);
          var known = rows.filter(function (row) { return key(row, column) !== null; });
          var unknown = rows.filter(function (row) { return key(row, column) === null; });
          known.sort(function (a, b) { return sign * order(key(a, column), key(b, column)); });
          known.concat(unknown).forEach(function (row) { body.appendChild(row); });
        });
      });
    });
    window.addEventListener('beforeprint', function () {
      document.querySelectorAll('details').forEach(function (details) { details.open = true; });
    });

    """
}
