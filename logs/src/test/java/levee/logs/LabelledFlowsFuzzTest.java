package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

class LabelledFlowsFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] log) throws IOException {
        AtomicLong shown = new AtomicLong();
        LabelledFlows.Count count = LabelledFlows.read(new ByteArrayInputStream(log), flow -> {
            assertThat(flow.startNanos).isNotNegative();
            assertThat(flow.responderPort).isBetween(0, 65_535);
            shown.incrementAndGet();
        });
        assertThat(count.labelled()).isEqualTo(shown.get());
        assertThat(count.unreadable()).isNotNegative();
    }
}
