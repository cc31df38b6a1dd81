package levee.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ZeekTsvFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] log) {
        FuzzedLog.check(LogFormat.ZEEK_TSV, log);
    }
}
