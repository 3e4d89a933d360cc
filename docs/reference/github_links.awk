# Filters a page for Doxygen. Its headings get the anchors that GitHub gives them, after the name of the page, since all pages
# share one space of names here; its links to pages, their headings and headers become references, which Doxygen checks.

FNR == 1 { page = page_of(FILENAME) }
FNR == 1 && /^<!--.*-->$/ { next } # the title must come first

/^ *```/ { is_code = !is_code }
is_code { print; next }

/^# / { print $0 " {#" page "}"; next }
/^##+ / { print $0 " {#" page "-" anchor_of($0) "}"; next }
{ print with_references($0) }

function page_of(path) {
    sub(/.*\//, "", path)
    sub(/\.md$/, "", path)
    sub(/^[0-9]/, "tutorial-&", path) # a name in Doxygen begins with a letter
    return path
}

function anchor_of(heading) {
    sub(/^#+ /, "", heading)
    heading = tolower(heading)
    gsub(/[^a-z0-9 _-]/, "", heading)
    gsub(/ /, "-", heading)
    return heading
}

function reference_to(link,    at) {
    at = index(link, "#")
    if (at == 0) return page_of(link)
    return (at == 1 ? page : page_of(substr(link, 1, at - 1))) "-" substr(link, at + 1)
}

function with_references(line,    done) {
    gsub(/\]\(LICENSE\)/, "](./LICENSE)", line) # without a dot or a slash Doxygen takes it for no link
    gsub(/\]\((\.\.\/)*include\/wan\//, "](@ref wan/", line)
    while (match(line, /\]\(([A-Za-z0-9_.\/-]*\.md)?(#[^)]*)?\)/)) {
        done = done substr(line, 1, RSTART + 1) "@ref " reference_to(substr(line, RSTART + 2, RLENGTH - 3)) ")"
        line = substr(line, RSTART + RLENGTH)
    }
    return done line
}
