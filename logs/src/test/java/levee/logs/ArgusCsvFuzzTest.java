package levee.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ArgusCsvFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] log) {
        FuzzedLog.check(LogFormat.ARGUS_CSV, log);
    }
}
