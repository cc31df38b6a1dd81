package levee.flowexport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one domain by their number, in pages. Read without a lock; changed under the exporter's.
 */
final class TemplateTable {
    private static final int PAGE = 256;
    private static final VarHandle PAGES = MethodHandles.arrayElementVarHandle(Template[][].class);
    private static final VarHandle TEMPLATES = MethodHandles.arrayElementVarHandle(Template[].class);

    /** Memory of a page, roughly. */
    static final int PAGE_BYTES = PAGE * Long.BYTES;

    private final @Nullable Template[] @Nullable [] pages = new Template[PAGE][];
    private int pageCount;

    @Nullable
    Template get(int id) {
        Template[] page = (Template[]) PAGES.getAcquire(pages, id >>> 8);
        return page == null ? null : (Template) TEMPLATES.getAcquire(page, id & PAGE - 1);
    }

    /** Whether the page of this number has memory already. */
    boolean hasPage(int id) {
        return pages[id >>> 8] != null;
    }

    /** Memory of all pages, roughly, in bytes. */
    long pageBytes() {
        return (long) pageCount * PAGE_BYTES;
    }

    void put(Template template) {
        @Nullable Template[] page = pages[template.id >>> 8];
        if (page == null) {
            page = new Template[PAGE];
            pageCount++;
            PAGES.setRelease(pages, template.id >>> 8, page);
        }
        TEMPLATES.setRelease(page, template.id & PAGE - 1, template);
    }

    void remove(int id) {
        @Nullable Template[] page = pages[id >>> 8];
        if (page != null) {
            TEMPLATES.setRelease(page, id & PAGE - 1, null);
        }
    }
}
