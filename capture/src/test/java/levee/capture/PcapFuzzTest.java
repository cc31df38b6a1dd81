package levee.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;

class PcapFuzzTest {

    @FuzzTest(maxDuration = "60s")
    void readsAnything(byte[] file) {
        FuzzedCapture.check(CaptureFormat.PCAP, file);
    }
}
