package levee.logs;

import com.code_intelligence.jazzer.junit.FuzzTest;

class SuricataEveFuzzTest {

    @FuzzTest(maxDuration = "30s")
    void readsAnything(byte[] log) {
        FuzzedLog.check(LogFormat.SURICATA_EVE, log);
    }
}
