package levee.flowexport;

import levee.telemetry.Rejections;

/** What one thread counted of an exporter since it last told the exporter. */
final class DecoderCounts {
    long datagrams;
    long flows;
    long optionsRecords;
    long counterSamples;
    long clampedTimes;
    long drops;

    /** The last rate used; 0 if none was. */
    int samplingRate;

    SamplingSource samplingSource = SamplingSource.ASSUMED;

    final Rejections rejections = new Rejections();

    void clear() {
        datagrams = 0;
        flows = 0;
        optionsRecords = 0;
        counterSamples = 0;
        clampedTimes = 0;
        drops = 0;
        samplingRate = 0;
        rejections.clear();
    }

    void sampling(int rate, SamplingSource source) {
        samplingRate = rate;
        samplingSource = source;
    }
}
