package levee.store;

import java.util.Arrays;
import java.util.List;

/**
 * The tables. Times are nanoseconds since 1970; those of traffic are seconds or minutes. A version that was released is
 * never changed; a new one is added.
 */
final class Schema {
    private static final String VERSION_1 = """
        -- The latest revision by what it is looked for. It is listed by when its first revision was detected.
        CREATE TABLE finding (
            id ${TEXT} PRIMARY KEY,
            kind ${TEXT} NOT NULL,
            listed_at BIGINT NOT NULL,
            revision INTEGER NOT NULL,
            state ${TEXT} NOT NULL,
            mode ${TEXT} NOT NULL,
            target_first ${BYTES},
            target_last ${BYTES},
            updated_at BIGINT NOT NULL
        );
        CREATE INDEX finding_by_time ON finding (listed_at, id);
        CREATE INDEX finding_by_state ON finding (state, listed_at, id);
        CREATE INDEX finding_by_target ON finding (target_first);
        CREATE INDEX finding_by_update ON finding (updated_at);

        CREATE TABLE revision (
            finding ${TEXT} NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
            revision INTEGER NOT NULL,
            state ${TEXT} NOT NULL,
            target ${TEXT} NOT NULL,
            start_at BIGINT NOT NULL,
            end_at BIGINT NOT NULL,
            detected_at BIGINT NOT NULL,
            mode ${TEXT} NOT NULL,
            updated_at BIGINT NOT NULL,
            json ${TEXT} NOT NULL,
            PRIMARY KEY (finding, revision)
        );

        CREATE TABLE annotation (
            number ${NUMBERED},
            finding ${TEXT} NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
            mark ${TEXT} NOT NULL,
            author ${TEXT} NOT NULL,
            made_at BIGINT NOT NULL,
            until_at BIGINT,
            note ${TEXT} NOT NULL
        );
        CREATE INDEX annotation_by_finding ON annotation (finding, number);

        CREATE TABLE audit (
            number ${NUMBERED},
            made_at BIGINT NOT NULL,
            actor ${TEXT} NOT NULL,
            action ${TEXT} NOT NULL,
            subject ${TEXT} NOT NULL,
            detail ${TEXT} NOT NULL
        );
        CREATE INDEX audit_by_time ON audit (made_at);

        CREATE TABLE series (
            number ${NUMBERED},
            name ${TEXT} NOT NULL UNIQUE
        );

        CREATE TABLE traffic_second (
            series BIGINT NOT NULL REFERENCES series (number),
            step BIGINT NOT NULL,
            packets BIGINT NOT NULL,
            bytes BIGINT NOT NULL,
            PRIMARY KEY (series, step)
        ) ${CLUSTERED};

        CREATE TABLE traffic_minute (
            series BIGINT NOT NULL REFERENCES series (number),
            step BIGINT NOT NULL,
            packets BIGINT NOT NULL,
            bytes BIGINT NOT NULL,
            PRIMARY KEY (series, step)
        ) ${CLUSTERED};

        CREATE TABLE state (
            name ${TEXT} PRIMARY KEY,
            content ${BYTES} NOT NULL
        );
        """;

    private static final String VERSION_2 = """
        CREATE TABLE account (
            name ${TEXT} PRIMARY KEY,
            role ${TEXT} NOT NULL,
            customer ${TEXT},
            password_hash ${TEXT} NOT NULL,
            made_at BIGINT NOT NULL,
            password_changed_at BIGINT NOT NULL,
            disabled INTEGER NOT NULL,
            revision INTEGER NOT NULL
        );
        """;

    /** The statements of each version, from version 1 on. */
    static final List<List<String>> MIGRATIONS = List.of(statements(VERSION_1), statements(VERSION_2));

    private Schema() {}

    /** No statement of ours holds a semicolon within. */
    private static List<String> statements(String script) {
        return Arrays.stream(script.split(";"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
