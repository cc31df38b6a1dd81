package levee.evaluation;

import static levee.evaluation.EvaluationJson.decimal;
import static levee.evaluation.EvaluationJson.objects;
import static levee.evaluation.EvaluationJson.quotient;

import java.util.Locale;
import java.util.OptionalLong;
import levee.evaluation.Evaluation.LookAlikeScore;
import levee.evaluation.HostEvaluation.BehaviourScore;
import levee.evaluation.HostEvaluation.FalseHost;
import levee.evaluation.HostEvaluation.FalseServer;
import levee.evaluation.HostEvaluation.FamilyScore;
import levee.evaluation.HostEvaluation.LevelScore;
import levee.evaluation.HostEvaluation.MissedHost;
import levee.evaluation.HostEvaluation.TrueServer;
import levee.model.Endpoint;
import levee.model.InfectedHost.Level;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How right findings of infected hosts are, as a part of the JSON document. */
final class HostEvaluationJson {
    private HostEvaluationJson() {}

    static void write(HostEvaluation hosts, ObjectNode json) {
        json.put("runs", hosts.runs());
        json.put("infected", hosts.infected());
        json.put("hardly_seen", hosts.hardlySeen());
        json.put("benign", hosts.benign());
        json.put("benign_host_hours", decimal(hosts.benignHostHours()));
        level(json.putObject("suspected"), hosts, hosts.level(Level.SUSPECTED));
        level(json.putObject("notify"), hosts, hosts.level(Level.NOTIFY));
        measures(json.putObject("all_hosts").putObject("time_weighted"), hosts.allPositive());
        ObjectNode servers = json.putObject("command_servers");
        servers.put("there_are", hosts.servers().size());
        servers.put("named", hosts.servers(TrueServer::isNamed));
        servers.put("among_first_three", hosts.servers(TrueServer::isAmongFirst));
        objects(servers, "true", hosts.servers(), HostEvaluationJson::server);
        objects(servers, "false", hosts.falseServers(), HostEvaluationJson::falseServer);
        objects(json, "behaviours", hosts.behaviours(), HostEvaluationJson::behaviour);
        objects(json, "families", hosts.families(), HostEvaluationJson::family);
        objects(json, "look_alikes", hosts.lookAlikes(), HostEvaluationJson::lookAlike);
        objects(json, "missed", hosts.missed(), HostEvaluationJson::missed);
        objects(json, "false", hosts.falseHosts(), HostEvaluationJson::accused);
        objects(json, "unknown", hosts.unknownHosts(), HostEvaluationJson::accused);
        if (hosts.validation().isEmpty()) {
            json.putNull("validation");
        } else {
            WeightValidationJson.write(hosts.validation(), json.putObject("validation"));
        }
    }

    private static void level(ObjectNode json, HostEvaluation hosts, LevelScore level) {
        json.put("found", level.found());
        json.put("missed", hosts.infected() - level.found());
        json.put("missed_hardly_seen", hosts.hardlySeen() - level.foundHardlySeen());
        quotient(json, "share_found", level.found(), hosts.infected());
        json.put("false", level.falsely());
        quotient(json, "false_per_1000_host_days", level.falsely() * 24_000.0, hosts.benignHostHours());
        quotient(json, "false_per_host_hour", level.falsely(), hosts.benignHostHours());
        if (level.minutes().isPresent()) {
            ObjectNode minutes = json.putObject("minutes_until_found");
            minutes.put("median", decimal(level.minutes().get().median()));
            minutes.put("longest", decimal(level.minutes().get().longest()));
        } else {
            json.putNull("minutes_until_found");
        }
        measures(json.putObject("time_weighted"), level.measures());
    }

    private static void measures(ObjectNode json, WeightedMeasures measures) {
        json.put("true_positives", decimal(measures.truePositives()));
        json.put("false_negatives", decimal(measures.falseNegatives()));
        json.put("false_positives", decimal(measures.falsePositives()));
        json.put("true_negatives", decimal(measures.trueNegatives()));
        ratio(json, "true_positive_rate", measures.truePositiveRate());
        ratio(json, "false_positive_rate", measures.falsePositiveRate());
        ratio(json, "precision", measures.precision());
        ratio(json, "accuracy", measures.accuracy());
        ratio(json, "f1", measures.fMeasure());
    }

    private static void ratio(ObjectNode json, String name, double value) {
        if (Double.isNaN(value)) {
            json.putNull(name);
        } else {
            json.put(name, decimal(value));
        }
    }

    private static void server(ObjectNode json, TrueServer server) {
        json.put("run", server.run());
        endpoint(json, server.server());
        place(json, "rank", server.rank());
        place(json, "place_at_host", server.placeAtHost());
    }

    private static void place(ObjectNode json, String name, OptionalLong place) {
        if (place.isEmpty()) {
            json.putNull(name);
        } else {
            json.put(name, place.getAsLong());
        }
    }

    private static void falseServer(ObjectNode json, FalseServer server) {
        json.put("run", server.run());
        endpoint(json, server.server());
        json.put("rank", server.rank());
        json.put("confidence", decimal(server.confidence()));
    }

    private static void endpoint(ObjectNode json, Endpoint endpoint) {
        json.put("address", endpoint.address().toString());
        json.put("port", endpoint.port());
        json.put("transport", endpoint.transport());
    }

    private static void behaviour(ObjectNode json, BehaviourScore score) {
        json.put("name", score.name());
        json.put("happened", score.happened());
        json.put("right", score.right());
        json.put("missed", score.happened() - score.right());
        json.put("extra", score.extra());
    }

    private static void family(ObjectNode json, FamilyScore score) {
        json.put("name", score.name());
        json.put("happened", score.happened());
        json.put("suspected", score.suspected());
        json.put("notify", score.toNotify());
    }

    private static void lookAlike(ObjectNode json, LookAlikeScore score) {
        json.put("name", score.name());
        json.put("happened", score.happened());
        json.put("called_infected", score.calledAttack());
    }

    private static void missed(ObjectNode json, MissedHost host) {
        json.put("run", host.run());
        json.put("host", host.host().toString());
        host.family().ifPresent(family -> json.put("family", family));
        json.put("suspected", host.isSuspected());
        place(json, "malicious_flows", host.maliciousFlows());
        json.put("hardly_seen", host.isHardlySeen());
        ArrayNode behaviours = json.putArray("behaviours");
        host.behaviours().forEach(behaviours::add);
    }

    private static void accused(ObjectNode json, FalseHost host) {
        json.put("run", host.run());
        json.put("host", host.host().toString());
        json.put("level", host.level().name().toLowerCase(Locale.ROOT));
        json.put("behaviour", host.behaviour());
        json.put("statement", host.statement());
        ArrayNode lookAlikes = json.putArray("look_alikes");
        host.lookAlikes().forEach(lookAlikes::add);
    }
}
