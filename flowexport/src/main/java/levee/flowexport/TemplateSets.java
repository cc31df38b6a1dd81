package levee.flowexport;

import levee.telemetry.RejectionReason;

/** Reads the sets that define templates (RFC 3954 sections 5.2 and 6.1, RFC 7011 sections 3.4 and 8). */
final class TemplateSets {
    static final int NETFLOW9_TEMPLATES = 0;
    static final int NETFLOW9_OPTIONS = 1;
    static final int IPFIX_TEMPLATES = 2;
    static final int IPFIX_OPTIONS = 3;

    /** The lowest number of a template. */
    static final int FIRST_ID = 256;

    private static final int ENTERPRISE_BIT = 0x8000;

    private final ExporterLimits limits;
    private final DecoderCounts counts;

    TemplateSets(ExporterLimits limits, DecoderCounts counts) {
        this.limits = limits;
        this.counts = counts;
    }

    /** What is told of each template that was defined. */
    interface Defined {
        void accept(ObservationDomain domain, int id);
    }

    /**
     * Reads a set.
     *
     * @param at index behind the set's header
     * @param end index behind the set
     */
    void read(
            int setId,
            byte[] bytes,
            int at,
            int end,
            Exporter exporter,
            ObservationDomain domain,
            long nowNanos,
            Defined defined) {
        boolean isNetFlow9 = setId <= NETFLOW9_OPTIONS;
        boolean areOptions = setId == NETFLOW9_OPTIONS || setId == IPFIX_OPTIONS;
        int next = at;
        while (next >= 0 && next <= end - 4) {
            next = isNetFlow9
                    ? netFlow9(areOptions, bytes, next, end, exporter, domain, nowNanos, defined)
                    : ipfix(areOptions, bytes, next, end, exporter, domain, nowNanos, defined);
        }
    }

    private int netFlow9(
            boolean isOptions,
            byte[] bytes,
            int at,
            int end,
            Exporter exporter,
            ObservationDomain domain,
            long nowNanos,
            Defined defined) {
        int id = BigEndian.unsignedShort(bytes, at);
        int first = BigEndian.unsignedShort(bytes, at + 2);
        if (id < FIRST_ID) {
            return padding(bytes, at, end);
        }
        int fieldsAt = at + 4;
        int fields = first;
        int scopeFields = -1;
        if (isOptions) {
            if (at > end - 6) {
                return malformed();
            }
            // Lengths in bytes where templates of data have a count.
            int options = BigEndian.unsignedShort(bytes, at + 4);
            if ((first & 3) != 0 || (options & 3) != 0) {
                return malformed();
            }
            fieldsAt = at + 6;
            scopeFields = first >> 2;
            fields = first + options >> 2;
        }
        int behind = fieldsAt + 4 * fields;
        if (fields == 0 || behind > end) {
            return malformed();
        }
        Template before = domain.templates.get(id);
        if (fields > limits.fieldsPerTemplate()) {
            counts.rejections.count(RejectionReason.NO_ROOM);
        } else if (before == null || !isSame(before, scopeFields, true, fields, bytes, fieldsAt)) {
            int[] specification = new int[2 * fields];
            for (int field = 0; field < fields; field++) {
                specification[2 * field + 1] = BigEndian.integer(bytes, fieldsAt + 4 * field);
            }
            define(id, scopeFields, true, specification, exporter, domain, nowNanos, defined);
        }
        return behind;
    }

    private int ipfix(
            boolean isOptions,
            byte[] bytes,
            int at,
            int end,
            Exporter exporter,
            ObservationDomain domain,
            long nowNanos,
            Defined defined) {
        int id = BigEndian.unsignedShort(bytes, at);
        int fields = BigEndian.unsignedShort(bytes, at + 2);
        if (fields == 0) {
            return withdraw(id, bytes, at, end, exporter, domain);
        }
        if (id < FIRST_ID) {
            return malformed();
        }
        int fieldsAt = at + 4;
        int scopeFields = -1;
        if (isOptions) {
            if (at > end - 6) {
                return malformed();
            }
            scopeFields = BigEndian.unsignedShort(bytes, at + 4);
            fieldsAt = at + 6;
            if (scopeFields > fields) {
                return malformed();
            }
        }
        int behind = fieldsAt;
        for (int field = 0; field < fields; field++) {
            if (behind > end - 4) {
                return malformed();
            }
            boolean hasEnterprise = (bytes[behind] & 0x80) != 0;
            behind += hasEnterprise ? 8 : 4;
            if (behind > end) {
                return malformed();
            }
        }
        Template before = domain.templates.get(id);
        if (fields > limits.fieldsPerTemplate()) {
            counts.rejections.count(RejectionReason.NO_ROOM);
        } else if (before == null || !isSame(before, scopeFields, false, fields, bytes, fieldsAt)) {
            define(
                    id,
                    scopeFields,
                    false,
                    ipfixSpecification(fields, bytes, fieldsAt),
                    exporter,
                    domain,
                    nowNanos,
                    defined);
        }
        return behind;
    }

    private static int[] ipfixSpecification(int fields, byte[] bytes, int fieldsAt) {
        int[] specification = new int[2 * fields];
        int at = fieldsAt;
        for (int field = 0; field < fields; field++) {
            int numberAndLength = BigEndian.integer(bytes, at);
            at += 4;
            if (numberAndLength < 0) {
                specification[2 * field] = BigEndian.integer(bytes, at);
                numberAndLength &= ~(ENTERPRISE_BIT << 16);
                at += 4;
            }
            specification[2 * field + 1] = numberAndLength;
        }
        return specification;
    }

    /** RFC 7011 section 8.1: one template, all of data (number 2), or all of options (number 3). */
    private int withdraw(int id, byte[] bytes, int at, int end, Exporter exporter, ObservationDomain domain) {
        if (id >= FIRST_ID) {
            exporter.withdraw(domain, id);
        } else if (id == IPFIX_TEMPLATES || id == IPFIX_OPTIONS) {
            exporter.withdrawAll(domain, id == IPFIX_OPTIONS);
        } else {
            return padding(bytes, at, end);
        }
        return at + 4;
    }

    /** Templates are repeated all the time; most are as before, and nothing is to be done. */
    private static boolean isSame(
            Template before, int scopeFields, boolean isNetFlow9, int fields, byte[] bytes, int fieldsAt) {
        if (before.fields() != fields
                || before.isNetFlow9 != isNetFlow9
                || before.isOptions() != scopeFields >= 0
                || before.scopeFields != Math.max(scopeFields, 0)) {
            return false;
        }
        int at = fieldsAt;
        int[] specification = before.specification;
        for (int field = 0; field < fields; field++) {
            int numberAndLength = BigEndian.integer(bytes, at);
            int enterprise = 0;
            at += 4;
            if (!isNetFlow9 && numberAndLength < 0) {
                enterprise = BigEndian.integer(bytes, at);
                numberAndLength &= ~(ENTERPRISE_BIT << 16);
                at += 4;
            }
            if (specification[2 * field] != enterprise || specification[2 * field + 1] != numberAndLength) {
                return false;
            }
        }
        return true;
    }

    private void define(
            int id,
            int scopeFields,
            boolean isNetFlow9,
            int[] specification,
            Exporter exporter,
            ObservationDomain domain,
            long nowNanos,
            Defined defined) {
        Template template = TemplateCompiler.compile(id, scopeFields, isNetFlow9, specification);
        if (template.recordLength == 0) {
            // Any number of its records would fit into nothing.
            exporter.withdraw(domain, id);
            counts.rejections.count(RejectionReason.MALFORMED);
        } else if (exporter.define(domain, template, nowNanos)) {
            defined.accept(domain, id);
        } else {
            counts.rejections.count(RejectionReason.NO_ROOM);
        }
    }

    private int malformed() {
        counts.rejections.count(RejectionReason.MALFORMED);
        return -1;
    }

    /** Zeros up to the end are padding. */
    private int padding(byte[] bytes, int at, int end) {
        for (int i = at; i < end; i++) {
            if (bytes[i] != 0) {
                return malformed();
            }
        }
        return -1;
    }
}
