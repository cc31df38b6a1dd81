package levee.attack;

import levee.attack.Thresholds.Floor;
import levee.attack.Thresholds.Way;
import levee.detection.RowSample;
import levee.model.Groups;
import org.jspecify.annotations.Nullable;

/** Whose a track's traffic is: the target's group where that is an own one, else that of most own sources. */
final class Situated {
    private final DetectionSettings settings;

    Situated(DetectionSettings settings) {
        this.settings = settings;
    }

    /** Outbound is what own hosts send to somebody else; all else alarms as if it came in. */
    Way way(Track track) {
        boolean isOutbound = !settings.networks().contains(track.target.high, track.target.low)
                && SampleProfile.shareFrom(settings.networks(), track.sample) > 0.5;
        return isOutbound ? Way.OUTBOUND : Way.INBOUND;
    }

    /** The number of the group, or {@link Groups#NO_GROUP}. */
    int group(Track track) {
        if (settings.groups().isEmpty()) {
            return Groups.NO_GROUP;
        }
        return switch (way(track)) {
            case INBOUND -> settings.groups().find(track.target.high, track.target.low, track.target.bits);
            case OUTBOUND -> groupOfSources(track.sample);
        };
    }

    private int groupOfSources(RowSample sample) {
        int[] rows = new int[settings.groups().all().size()];
        int most = Groups.NO_GROUP;
        for (int i = 0; i < sample.size(); i++) {
            int group = settings.groups().find(sample.sourceHigh(i), sample.sourceLow(i));
            if (group != Groups.NO_GROUP) {
                rows[group]++;
                most = most == Groups.NO_GROUP || rows[group] > rows[most] ? group : most;
            }
        }
        return most;
    }

    /** The rule with the operator's floor in place of the usual one, if there is one. */
    EvidenceRule withFloor(EvidenceRule rule, Track track) {
        if (settings.thresholds().isEmpty()) {
            return rule;
        }
        Floor floor = floor(track);
        return floor == null ? rule : rule.withFloor(floor.packetsPerSecond(Judge.meanLength(track)));
    }

    private @Nullable Floor floor(Track track) {
        return settings.thresholds().floor(group(track), way(track), track.vector);
    }
}
