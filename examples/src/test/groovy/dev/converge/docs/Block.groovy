package dev.converge.docs

import dev.converge.Repository

/**
 * A fenced block of a page. A comment on the line before it says what else it is, such as
 * {@code <!-- site: shop, file: site.groovy -->}:
 *
 * <ul>
 *   <li>{@code site}, {@code file}: it is this file of a site that several blocks make up;
 *   <li>{@code error}: compiling it gives exactly these codes;
 *   <li>{@code prints}: it is what compiling that site prints;
 *   <li>{@code source}: it is equal to this file of the repository;
 *   <li>{@code exit}: its commands end with this status;
 *   <li>{@code in}: it is a step in this folder, see {@link FollowedPage};
 *   <li>{@code says}: somewhere among what its commands print is this.
 * </ul>
 */
final class Block {
    private static final def FENCE = ~/(?s)(?:<!-- ([^\n]*?) -->\n)?```(\w*)\n(.*?)\n```(?=\n|\z)/

    final String page
    final int line
    final String language
    final Map<String, String> marks
    final String text

    private Block(String page, int line, String language, Map<String, String> marks, String text) {
        this.page = page
        this.line = line
        this.language = language
        this.marks = marks
        this.text = text
    }

    static List<Block> all() {
        Repository.pages().collectMany { of(it) }
    }

    static List<Block> of(String page) {
        String whole = Repository.text(page)
        def found = FENCE.matcher(whole)
        List<Block> blocks = []
        while (found.find()) {
            int line = whole.substring(0, found.start(3)).count('\n') + 1
            blocks << new Block(page, line, found.group(2), marks(found.group(1) ?: ''), found.group(3) + '\n')
        }
        blocks
    }

    private static Map<String, String> marks(String comment) {
        comment.split(', ').findAll { it.contains(': ') }.collectEntries { it.split(': ', 2) as List }
    }

    /** Whether it is the text that it should be; {@code -Dconverge.updateDocs=true} makes it so. */
    boolean isUpToDate(String wanted) {
        Repository.holds(page, Repository.text(page).replace(text, wanted.stripTrailing() + '\n'))
    }

    /** Which site it belongs to: its own when it does not say. */
    String getSite() {
        page + ' ' + (marks.site ?: "line $line")
    }

    String getFile() {
        marks.file ?: 'site.groovy'
    }

    @Override
    String toString() {
        "$page:$line"
    }
}
