package levee.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ZeekCsvFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] log) {
        FuzzedLog.check(LogFormat.ZEEK_CSV, log);
    }
}
