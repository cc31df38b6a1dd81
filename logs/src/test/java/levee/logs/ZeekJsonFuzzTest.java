package levee.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

class ZeekJsonFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] log) {
        FuzzedLog.check(LogFormat.ZEEK_JSON, log);
    }
}
