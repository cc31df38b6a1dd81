package levee.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

class NfdumpCsvFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] log) {
        FuzzedLog.check(LogFormat.NFDUMP_CSV, log);
    }
}
