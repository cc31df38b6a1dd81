package levee.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;

class PcapngFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void readsAnything(byte[] file) {
        FuzzedCapture.check(CaptureFormat.PCAPNG, file);
    }
}
