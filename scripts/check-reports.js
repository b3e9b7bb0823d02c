// What scripts/check-reports asks of a page, at the width that its address ends in (#390): is it wider than its window, is the
// text of a figure cut, do two words of a figure overlap, has every axis its name, and does a click on the head of a column
// sort the table? What is wrong goes to the console as an error.
(function () {
  'use strict';
  var page = document.documentElement, width = Number(location.hash.slice(1));
  if (page.scrollWidth > width) { console.error('wider than the window: ' + page.scrollWidth); }

  document.querySelectorAll('figure svg').forEach(function (svg) {
    var frame = svg.getBoundingClientRect(), name = svg.closest('figure').id, texts = [];
    svg.querySelectorAll('text').forEach(function (text) {
      var box = text.getBoundingClientRect();
      if (box.width === 0 || text.textContent.trim() === '') { return; }
      if (frame.left - 1 > box.left || box.right > frame.right + 1 || frame.top - 1 > box.top || box.bottom > frame.bottom + 1) {
        console.error('cut in ' + name + ': ' + text.textContent);
      }
      // The box of words that stand aslant is mostly empty: it says nothing about what lies on what.
      var matrix = text.getScreenCTM(), isAslant = Math.min(Math.abs(matrix.a), Math.abs(matrix.b)) > 0.01;
      if (!isAslant) { texts.push({ box: box, words: text.textContent.trim() }); }
    });
    // Boxes of upright text are higher than its letters: a quarter of the height may be shared.
    texts.forEach(function (a, i) {
      texts.slice(i + 1).forEach(function (b) {
        var across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        var down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 1 && down > 0.25 * Math.min(a.box.height, b.box.height) + 1) {
          console.error('overlap in ' + name + ': ' + a.words + ' and ' + b.words);
        }
      });
    });
  });

  function cells(table, column) {
    return Array.from(table.tBodies[0].rows).map(function (row) {
      var cell = row.cells[column], value = cell.getAttribute('data-value');
      return value ? Number(value) : cell.title || value === '' ? null : cell.textContent;
    });
  }
  function isSorted(values, sign) {
    var known = values.filter(function (value) { return value !== null; });
    if (values.slice(0, known.length).indexOf(null) >= 0) { return false; }
    return known.every(function (value, place) {
      if (place === 0) { return true; }
      var before = known[place - 1];
      if (typeof value === 'number' && typeof before === 'number') { return sign * (value - before) >= 0; }
      return sign * String(value).localeCompare(String(before), undefined, { numeric: true }) >= 0;
    });
  }
  var columns = 0, moved = 0;
  document.querySelectorAll('table.sortable').forEach(function (table) {
    var body = table.tBodies[0], first = Array.from(body.rows), heads = Array.from(table.tHead.rows[0].cells);
    var place = (table.closest('section') || {}).id;
    heads.forEach(function (head, column) {
      ['ascending', 'descending'].forEach(function (direction, turn) {
        head.querySelector('button').click();
        var states = heads.map(function (other) { return other.getAttribute('aria-sort'); });
        var values = cells(table, column);
        if (!states.every(function (state, other) { return state === (other === column ? direction : null); })) {
          console.error('aria-sort in ' + place + ', column ' + head.textContent + ': ' + states.join());
        }
        if (!isSorted(values, turn === 0 ? 1 : -1) || body.rows.length !== first.length) {
          console.error('not sorted in ' + place + ', column ' + head.textContent + ', ' + direction);
        }
        if (Array.from(body.rows).some(function (row, number) { return row !== first[number]; })) { moved += 1; }
      });
      columns += 1;
    });
    // The picture shows the page as it was.
    first.forEach(function (row) { body.appendChild(row); });
    heads.forEach(function (head) { head.removeAttribute('aria-sort'); });
  });
  if (columns > 0 && moved === 0) { console.error('no click on a head changed the order of a table'); }
  console.log('measured');
})();
